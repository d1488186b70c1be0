import { spawn } from 'node:child_process'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { env } from '@/lib/env'
import { endAttempt, endTethered } from '@/gpu-worker/process/end'
import { childEnvironment } from '@/gpu-worker/process/environment'
import type { Marker } from '@/gpu-worker/process/marked'

export const pythonDirectory = path.resolve(import.meta.dirname, '../python')

export type ChildProgram = {
  marker: Marker
  /** Arguments of the venv's Python. */
  args: readonly string[]
  environment?: Record<string, string>
  /** Seconds between SIGTERM and SIGKILL. */
  graceSeconds: number
  /** Where standard output and error go: pipes to be read, or one open file. */
  output: 'pipes' | number
  /** An open file that gets what the child writes on descriptor 3. */
  events?: number
}

export type Child = {
  pid: number
  stdout: Readable | null
  stderr: Readable | null
  /** Exit code, 128 + n for signal n. */
  exited: Promise<number>
  /** Ends the child and everything it started; resolves when nothing of it is left. */
  end(): Promise<void>
  /** The same without a chance to save anything. */
  kill(): Promise<void>
}

/**
 * Starts a Python program in a session of its own, never through a shell. Its starter is tether.py, which ends it and all
 * its descendants when this process is gone, however it went: the tether's standard input is a pipe that then closes.
 */
export function spawnTethered(program: ChildProgram): Child {
  const tether = path.join(pythonDirectory, 'tether.py')
  const output = program.output === 'pipes' ? 'pipe' : program.output
  const child = spawn(env().python, [tether, '--grace', String(program.graceSeconds), '--', env().python, ...program.args], {
    detached: true,
    env: childEnvironment(program.marker, program.environment),
    cwd: pythonDirectory,
    stdio: ['pipe', output, output, program.events ?? 'ignore'],
  })
  // Written to by nobody; an error on it says only that the tether has ended.
  child.stdin?.on('error', () => {})
  const exited = new Promise<number>((resolve) => {
    child.once('error', () => resolve(127))
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGKILL' ? 137 : 143)))
  })
  const pid = child.pid ?? 0
  return {
    pid,
    stdout: child.stdout,
    stderr: child.stderr,
    exited,
    end: () => endTethered(pid, program.marker, exited, program.graceSeconds * 1_000),
    kill: () => endAttempt(program.marker),
  }
}
