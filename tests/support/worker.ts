import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'

const checkout = resolve(import.meta.dirname, '../..')

export type TestWorker = {
  readonly pid: number
  /** Everything the worker has said so far, log lines as JSON. */
  output(): string
  /** SIGKILL: no goodbye. Resolves when the process is gone; what it started is its tethers' affair. */
  kill(): Promise<void>
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>
  signal(signal: NodeJS.Signals): void
}

/** Starts a real worker process on the test file's database, queue and home; resolves when it is ready for work. */
export async function startTestWorker(environment: Record<string, string> = {}): Promise<TestWorker> {
  const child = spawn(process.execPath, ['--import', './bin/services/end-with-supervisor.mjs', '--import', 'tsx', 'gpu-worker/main.ts'], {
    cwd: checkout,
    env: { ...process.env, MOLIAN_LOG_LEVEL: 'info', MOLIAN_TIED_TO_STDIN: '1', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const parts: string[] = []
  const exited = once(child, 'exit')
  await untilReady(child, parts)
  return {
    pid: child.pid ?? 0,
    output: () => parts.join(''),
    signal: (signal) => void child.kill(signal),
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      await exited
      return child.exitCode
    },
  }
}

async function untilReady(child: ChildProcess, parts: string[]): Promise<void> {
  await new Promise<void>((ready, fail) => {
    const hear = (chunk: Buffer) => {
      parts.push(chunk.toString('utf8'))
      if (parts.join('').includes('worker ready')) ready()
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', (code) => fail(new Error(`The worker ended (${code}) before it was ready:\n${parts.join('')}`)))
  })
}
