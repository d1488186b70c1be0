import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { checkout } from '../home.mjs'
import { childEnvironment } from './child-environment.mjs'
import { endProcess, identify } from './processes.mjs'

const endWithSupervisor = new URL('./end-with-supervisor.mjs', import.meta.url).href

/** Starts a Node program of ours in a process group of its own, its output in a log, tied to this process by its standard input. */
export function startNodeChild({ args, log, env, graceMs }) {
  const output = openSync(log, 'a', 0o600)
  const child = spawn(process.execPath, ['--import', endWithSupervisor, ...args], {
    cwd: checkout,
    detached: true,
    stdio: ['pipe', output, output],
    env: childEnvironment({ MOLIAN_TIED_TO_STDIN: '1', ...env }),
  })
  closeSync(output)
  child.stdin?.on('error', () => {})
  const identity = child.pid ? identify(child.pid) : null
  return { child, identity, stop: async () => identity && endProcess(identity, { graceMs }) }
}
