import { randomUUID } from 'node:crypto'
import type { Progress } from '@/lib/queue/lease'
import type { Attempt } from '@/lib/queue/attempt'

export type TestAttempt = Attempt & { readonly phases: Progress[]; readonly lines: string[]; stop(reason: Error): void }

/** An attempt without a job behind it, for what only needs its signal, log and progress. Writing through it is refused. */
export function testAttempt(): TestAttempt {
  const aborter = new AbortController()
  const phases: Progress[] = []
  const lines: string[] = []
  return {
    jobId: randomUUID(),
    projectId: randomUUID(),
    subjectId: randomUUID(),
    epoch: 1,
    signal: aborter.signal,
    keepRequested: new Promise(() => {}),
    pausing: new AbortController().signal,
    onBeat: () => {},
    progress: (progress) => void phases.push(progress),
    write: () => Promise.reject(new Error('This attempt has no job to write for')),
    log: (_source, text) => void lines.push(text),
    phases,
    lines,
    stop: (reason) => aborter.abort(reason),
  }
}
