import { spawn } from 'node:child_process'
import { accessSync, closeSync, constants, openSync, readFileSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { checkout } from '../home.mjs'
import { childEnvironment } from '../services/child-environment.mjs'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
const endWithParent = ['--import', new URL('../services/end-with-supervisor.mjs', import.meta.url).href]

/**
 * Runs a program to its end with its output in a log: resolves to its exit code (127 when it cannot be
 * started). A signal to end is passed on first, so that nothing is left at work when this process goes.
 * A Node program may be `tied`: it ends even when this process is killed.
 */
export function runLogged(program, args, { log, env = {}, cwd = checkout, tied = false, onStart = () => {} }) {
  const output = openSync(log, 'a', 0o600)
  const child = spawn(program, tied ? [...endWithParent, ...args] : args, {
    cwd,
    stdio: [tied ? 'pipe' : 'ignore', output, output],
    env: childEnvironment(tied ? { MOLIAN_TIED_TO_STDIN: '1', ...env } : env),
  })
  closeSync(output)
  child.stdin?.on('error', () => {})
  if (child.pid) onStart(child.pid)
  let received = null
  const passOn = (signal) => {
    received = signal
    child.kill(signal)
  }
  for (const signal of signals) process.on(signal, passOn)
  return new Promise((resolve) => {
    const finish = (code) => {
      for (const signal of signals) process.off(signal, passOn)
      if (received) process.kill(process.pid, received)
      else resolve(code)
    }
    child.once('error', () => finish(127))
    child.once('close', (code, signal) => finish(code ?? (signal ? 1 : 0)))
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
