import { spawn } from 'node:child_process'
import { accessSync, closeSync, constants, openSync, readFileSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { checkout } from '../home.mjs'
import { childEnvironment } from '../services/child-environment.mjs'

/** Runs a program to its end with its output in a log: resolves to its exit code (127 when it cannot be started). */
export function runLogged(program, args, { log, env = {}, cwd = checkout, onStart = () => {} }) {
  const output = openSync(log, 'a', 0o600)
  const child = spawn(program, args, { cwd, stdio: ['ignore', output, output], env: childEnvironment(env) })
  closeSync(output)
  if (child.pid) onStart(child.pid)
  return new Promise((resolve) => {
    child.once('error', () => resolve(127))
    child.once('close', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
  })
}

/** The last lines of a log that hold words, to show why something failed. */
export function tailOf(log, lines = 12) {
  return readFileSync(log, 'utf8').split('\n').filter((line) => line.trim() !== '').slice(-lines).join('\n')
}

/** Where a program of the PATH lies; null when it is not there. */
export function findOnPath(name, path = process.env.PATH ?? '') {
  for (const directory of path.split(delimiter)) {
    const file = join(directory, name)
    try {
      accessSync(file, constants.X_OK)
      if (directory && statSync(file).isFile()) return file
    } catch {
      // Not in this directory.
    }
  }
  return null
}
