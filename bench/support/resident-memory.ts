import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

const every = 100

/** Resident memory of a process now, in MB (10⁶ bytes). */
export function residentMB(pid: number): number {
  const status = `/proc/${pid}/status`
  const kilobytes = existsSync(status) ? readFileSync(status, 'utf8').match(/^VmRSS:\s+(\d+)/m)?.[1] : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  return (Number(kilobytes) * 1024) / 1e6
}

/** The most that each of the processes had while `work` went on, looked at ten times a second. */
export async function mostResidentMB(pids: readonly number[], work: () => Promise<unknown>): Promise<number[]> {
  const most = pids.map(residentMB)
  const look = () => pids.forEach((pid, at) => (most[at] = Math.max(most[at] ?? 0, residentMB(pid))))
  const timer = setInterval(look, every)
  try {
    await work()
    look()
  } finally {
    clearInterval(timer)
  }
  return most
}
