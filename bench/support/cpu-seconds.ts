import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks a second in /proc: 100 on every Linux that Node runs on. */
const ticksPerSecond = 100

type Process = { pid: number; parent: number; own: number; withEnded: number; command: string }

/** CPU seconds of the studio's own processes, and of what the worker started, which is the engine. Linux only. */
export type CpuSeconds = { worker: number; web: number; database: number; queue: number; engine: number }

/** CPU seconds that were used until now. Of PostgreSQL those of backends that have ended are among them. */
export function cpuSeconds(processes: { worker: number; web: number; home: string }): CpuSeconds {
  const all = readProcesses()
  const of = (roots: readonly Process[]) => withDescendants(all, roots)
  const named = (program: string) => all.filter(({ command }) => command.includes(program) && command.includes(processes.home))
  const sum = (some: readonly Process[], ticks: (each: Process) => number = ({ own }) => own) => some.reduce((total, each) => total + ticks(each), 0) / ticksPerSecond
  const [worker, web] = [processes.worker, processes.web].map((pid) => all.filter((each) => each.pid === pid))
  const postmasters = named('postgres')
  const backends = of(postmasters).filter(({ pid }) => !postmasters.some((each) => each.pid === pid))
  return {
    worker: sum(worker ?? []),
    web: sum(of(web ?? [])),
    database: sum(postmasters, ({ withEnded }) => withEnded) + sum(backends),
    queue: sum(all.filter(({ command }) => /(valkey|redis)-server/.test(command) && command.includes(processes.home))),
    engine: sum(of(worker ?? []).filter(({ pid }) => pid !== processes.worker)),
  }
}

function readProcesses(): Process[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      // The program's name may hold spaces and brackets; the fields after it do not.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number)
      const [parent = 0, own = 0, ended = 0] = [fields[1], (fields[11] ?? 0) + (fields[12] ?? 0), (fields[13] ?? 0) + (fields[14] ?? 0)]
      return [{ pid: Number(name), parent, own, withEnded: own + ended, command: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ') }]
    } catch {
      // It has ended meanwhile.
      return []
    }
  })
}

function withDescendants(all: readonly Process[], roots: readonly Process[]): Process[] {
  const found = new Map(roots.map((root) => [root.pid, root]))
  for (let isMore = true; isMore; ) {
    const more = all.filter(({ pid, parent }) => found.has(parent) && !found.has(pid))
    for (const each of more) found.set(each.pid, each)
    isMore = more.length > 0
  }
  return [...found.values()]
}
