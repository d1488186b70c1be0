import { open } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { writeAtomically } from '@/lib/artifacts'
import { isErrorCode, MolianError, type ErrorParams } from '@/lib/errors'
import type { Attempt } from '@/lib/queue/attempt'
import { longestEvent, parseEvent, type ChildEvent } from '@/gpu-worker/process/events'
import { stopReasonOf } from '@/gpu-worker/attempt/stop'
import { journalFile } from '@/gpu-worker/process/journal'
import { followLines, readLines } from '@/gpu-worker/process/lines'
import { pythonDirectory, spawnTethered } from '@/gpu-worker/process/spawn'
import { owner } from '@/gpu-worker/owner'
import { Tail } from '@/gpu-worker/process/tail'

export type Script = 'train_adapter.py' | 'merge_adapter.py'

export type PythonRun = {
  attempt: Attempt
  script: Script
  /** What the script is asked to do; written into `directory` before it starts. */
  config: Record<string, unknown>
  directory: string
  environment?: Record<string, string>
  /** Progress, metrics and checkpoints as they come; log lines go to the job's log by themselves. */
  onEvent(event: Extract<ChildEvent, { event: 'progress' | 'metric' | 'checkpoint' | 'sample' }>): void
  /** What runs beside the script, from its process id on; closed when the script has ended. */
  beside?(pid: number): { close(): void }
}

/** Seconds a script has to save what it has when it is asked to stop. */
const graceSeconds = 12
const longestLine = 8_000

const childFailure = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])), text: z.string() })

/**
 * Runs a script to its end and returns the result of its `done` event. Throws the attempt's stop when it was asked to
 * stop, and otherwise MolianError: what the script itself said, or what its exit code and last words tell.
 */
export async function runPython(run: PythonRun): Promise<Record<string, unknown>> {
  const { attempt, script } = run
  attempt.signal.throwIfAborted()
  const configFile = path.join(run.directory, `${path.parse(script).name}.json`)
  await writeAtomically(configFile, [`${JSON.stringify(run.config, null, 2)}\n`])
  const journal = journalFile(run.directory, attempt.epoch)
  const events = await open(journal, 'w')
  const child = spawnTethered({
    marker: { jobId: attempt.jobId, epoch: attempt.epoch, owner },
    args: [path.join(pythonDirectory, script), configFile],
    environment: run.environment,
    graceSeconds,
    output: 'pipes',
    events: events.fd,
  })
  await events.close()
  const beside = run.beside?.(child.pid)
  // A stale attempt is not to save anything into the directory that its successor works in.
  const end = () => void (stopReasonOf(attempt.signal) === 'lease-lost' ? child.kill() : child.end())
  attempt.signal.addEventListener('abort', end, { once: true })

  let result: Record<string, unknown> | undefined
  let failure: z.infer<typeof childFailure> | undefined
  const lastWords = new Tail(40)
  const hear = (line: string) => {
    const parsed = parseEvent(line)
    if ('fault' in parsed) return attempt.log('events', `${parsed.fault}: ${line.slice(0, 500)}`)
    switch (parsed.event.event) {
      case 'log':
        return attempt.log(parsed.event.level, parsed.event.text, parsed.event.chinese)
      case 'error':
        failure = parsed.event
        return
      case 'done':
        result = parsed.event.result
        return
      default:
        run.onEvent(parsed.event)
    }
  }
  try {
    const [code] = await Promise.all([
      child.exited,
      followLines(journal, child.exited, longestEvent, hear),
      child.stdout && readLines(child.stdout, longestLine, (line) => attempt.log('stdout', line)),
      child.stderr &&
        readLines(child.stderr, longestLine, (line) => {
          lastWords.add(line)
          attempt.log('stderr', line)
        }),
    ])
    if (code === 0 && result) return result
    attempt.signal.throwIfAborted()
    throw failure ? saidByChild(failure, script) : toldByExit(script, code, lastWords)
  } finally {
    beside?.close()
    attempt.signal.removeEventListener('abort', end)
    await child.end()
  }
}

function saidByChild(failure: z.infer<typeof childFailure>, script: Script): MolianError {
  const params: ErrorParams = failure.params
  if (isErrorCode(failure.code)) return new MolianError(failure.code, params)
  return new MolianError('process.failed', { program: script, code: failure.code, reason: failure.text })
}

function toldByExit(script: Script, code: number, lastWords: Tail): MolianError {
  const cause = new Error(lastWords.text())
  if (code === 137) return new MolianError('process.killed', { program: script }, { cause })
  if (code === 143) return new MolianError('process.ended', { program: script }, { cause })
  if (code === 0) return new MolianError('process.silent', { program: script }, { cause })
  return new MolianError('process.failed', { program: script, code, reason: lastWords.last() ?? '–' }, { cause })
}
