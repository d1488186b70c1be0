import { readFile, readdir } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { startTimeOf } from '@/gpu-worker/process/identity'

/** What every child of an attempt carries in its environment, and so do all its descendants, wherever they have moved. */
export type Marker = { jobId: string; epoch: number; owner: string }

/** The mark names the attempt, not the job, so that an attempt that ends late does not end its successor's children. */
export function markerVariables(marker: Marker): Record<string, string> {
  return { MOLIAN_RUN: `${marker.jobId}:${marker.epoch}`, MOLIAN_OWNER: marker.owner }
}

export type MarkedProcess = Marker & { pid: number; startTime: string }

/** Every living process of this machine that carries a marker; none where /proc is not there to ask. */
export async function markedProcesses(): Promise<MarkedProcess[]> {
  const names = await readdir('/proc').catch(() => [])
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => pid !== process.pid)
  const found = await Promise.all(pids.map(readMarked))
  return found.filter((process) => process !== null)
}

async function readMarked(pid: number): Promise<MarkedProcess | null> {
  const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
  if (!environment.includes('MOLIAN_RUN=')) return null
  const variables = new Map(environment.split('\0').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))
  const [jobId, epoch] = variables.get('MOLIAN_RUN')?.split(':') ?? []
  const startTime = startTimeOf(pid)
  if (!jobId || !startTime) return null
  return { pid, startTime, jobId, epoch: Number(epoch ?? 0), owner: variables.get('MOLIAN_OWNER') ?? '' }
}

/**
 * Ends every marked process that `isOurs` names, until two looks in a row find none (one that is just being started shows
 * no environment for a moment) or `limitMs` have passed. Returns how many were ended.
 */
export async function endMarked(isOurs: (process: MarkedProcess) => boolean, limitMs = 5_000): Promise<number> {
  const deadline = Date.now() + limitMs
  const ended = new Set<string>()
  for (let quietLooks = 0; quietLooks < 2 && Date.now() < deadline; ) {
    const left = (await markedProcesses()).filter(isOurs)
    quietLooks = left.length === 0 ? quietLooks + 1 : 0
    for (const { pid, startTime } of left) {
      ended.add(`${pid}:${startTime}`)
      sendSignal(pid, 'SIGKILL')
    }
    await pause(25)
  }
  return ended.size
}

/** Sends a signal to a process, or to a group when the id is negative; one that is gone already is no fault. */
export function sendSignal(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
