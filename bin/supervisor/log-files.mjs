import { copyFileSync, existsSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'

const largestBytes = 10 * 1024 ** 2

export const logNames = ['supervisor', 'postgres', 'valkey', 'web', 'worker']

export function logFile(home, name) {
  return join(home, 'logs', `${name}.log`)
}

/**
 * Keeps each log under 10 MB, with one older part beside it. Children write to the file themselves, in
 * append mode, so that they need nobody to hold a pipe for them: the file is copied and emptied, not moved.
 */
export function rotateLogs(home) {
  for (const name of logNames) {
    const file = logFile(home, name)
    if (!existsSync(file) || statSync(file).size < largestBytes) continue
    copyFileSync(file, `${file}.1`)
    truncateSync(file, 0)
  }
}
