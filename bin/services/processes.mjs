import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * When the process was started, as an opaque text that no later process of the same id shares;
 * null when there is none. Zombies count as gone: they hold nothing.
 */
export function startTimeOf(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return null
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // The command in parentheses may hold spaces and parentheses itself: fields are counted after the last one.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return fields[0] === 'Z' ? null : (fields[19] ?? null)
    } catch {
      return null
    }
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null
  } catch {
    return null
  }
}

/** What is written down to know a process again: its id and its start time. */
export function identify(pid) {
  return { pid, startTime: startTimeOf(pid) }
}

/** Is the process that was written down still there, and not another one of the same id? */
export function isAlive(identity) {
  return Boolean(identity?.startTime) && startTimeOf(identity.pid) === identity.startTime
}

/** Resolves to true when the process is gone, to false after `ms` milliseconds. */
export async function waitUntilGone(identity, ms) {
  const deadline = Date.now() + ms
  while (isAlive(identity)) {
    if (Date.now() > deadline) return false
    await pause(25)
  }
  return true
}

/** Ends a process: `signal`, `graceMs` of patience, then `lastSignal`. Ends nothing when the id is another's by now. */
export async function endProcess(identity, { signal = 'SIGTERM', graceMs = 15_000, lastSignal = 'SIGKILL', group = false } = {}) {
  for (const [step, patience] of [[signal, graceMs], [lastSignal, 5_000]]) {
    if (!isAlive(identity)) return true
    sendSignal(group ? -identity.pid : identity.pid, step)
    if (await waitUntilGone(identity, patience)) return true
  }
  return !isAlive(identity)
}

function sendSignal(target, signal) {
  try {
    process.kill(target, signal)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}
