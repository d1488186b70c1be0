import { hostname } from 'node:os'
import { startTimeOf } from '@/gpu-worker/process/identity'

/** This process as the owner of jobs: `<host>:<process id>:<when it was started>`; no later process is the same owner. */
export const owner = `${hostname()}:${process.pid}:${startTimeOf(process.pid) ?? 'unknown'}`

/** Whether an owner is a process of this machine that is gone. Owners on other machines are not ours to judge: their leases are. */
export function isDeadHere(candidate: string): boolean {
  const [host, pid, ...startTime] = candidate.split(':')
  if (host !== hostname() || !pid) return false
  return startTimeOf(Number(pid)) !== startTime.join(':')
}
