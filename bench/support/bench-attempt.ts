import { randomUUID } from 'node:crypto'
import type { Attempt } from '@/lib/queue/attempt'

/** An attempt without a job, for benchmarks that use the worker's parts outside of it. Writes are refused. */
export function benchAttempt(): Attempt {
  return {
    jobId: randomUUID(),
    projectId: randomUUID(),
    subjectId: randomUUID(),
    epoch: 1,
    signal: new AbortController().signal,
    keepRequested: new Promise(() => {}),
    pausing: new AbortController().signal,
    onBeat() {},
    progress() {},
    log(source, text) {
      process.stderr.write(`${source}: ${text}\n`)
    },
    write() {
      throw new Error('A benchmark has no job to write for')
    },
  }
}
