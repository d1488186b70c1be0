import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { SetupFailure } from './failure.mjs'
import { checkout } from './home.mjs'
import { childEnvironment } from './services/child-environment.mjs'
import { venvPython } from './setup/python.mjs'

/** Runs a TypeScript program of bin/commands on this terminal; resolves to its exit code (128 + n after signal n). */
export function runProgram(name, args) {
  const program = join(checkout, 'bin/commands', name)
  if (!existsSync(program)) throw new SetupFailure('internal', { reason: `${program} is missing` })
  return runHere(process.execPath, ['--import', import.meta.resolve('tsx'), program, ...args])
}

/** Runs a program on this terminal. Ctrl-C reaches it directly; other signals to end are passed on. */
export function runHere(program, args, { env = {}, cwd = process.cwd() } = {}) {
  const child = spawn(program, args, {
    cwd,
    stdio: 'inherit',
    env: childEnvironment({
      TSX_TSCONFIG_PATH: join(checkout, 'tsconfig.json'),
      MOLIAN_PYTHON_BIN: process.env.MOLIAN_PYTHON_BIN ?? venvPython,
      ...env,
    }),
  })
  const passOn = (signal) => child.kill(signal)
  const ignore = () => {}
  process.on('SIGINT', ignore)
  process.on('SIGTERM', passOn)
  process.on('SIGHUP', passOn)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      process.off('SIGINT', ignore).off('SIGTERM', passOn).off('SIGHUP', passOn)
      resolve(code ?? 128 + constants.signals[signal])
    })
  })
}
