import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * When a process was started, as an opaque text that no later process with the same id shares; null when
 * there is none. Zombies count as gone: they hold nothing and run nothing.
 */
export function startTimeOf(pid: number): string | null {
  if (process.platform === 'linux') return statOf(pid)?.startTime ?? null
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || null
  } catch {
    return null
  }
}

function statOf(pid: number): { startTime: string } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command in parentheses may hold spaces and parentheses itself: fields are counted after the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state, startTime] = [fields[0], fields[19]]
    return state === 'Z' || startTime === undefined ? null : { startTime }
  } catch {
    return null
  }
}
