import type { Tx } from '@/lib/db'
import type { Prisma } from '@/lib/generated/prisma/client'
import type { Progress } from '@/lib/queue/lease'

/** What a handler gets to work with: one attempt of one job. */
export type Attempt = {
  readonly jobId: string
  /** Null where the job belongs to the whole studio. */
  readonly projectId: string | null
  readonly subjectId: string
  readonly epoch: number
  /** Aborts on cancel, on a lost lease and when the worker goes away. */
  readonly signal: AbortSignal
  /** Resolves when a person asks to stop and keep what there is; only training listens. */
  readonly keepRequested: Promise<void>
  /** Aborts when a person asks for a pause: nothing new is begun, what is in flight ends, then the handler throws Paused. */
  readonly pausing: AbortSignal
  /** Calls back with every beat of the heart, and at once when a person has changed something about the running job. */
  onBeat(listener: () => void): void
  /** Coalesced to four a second. */
  progress(progress: Progress): void
  /**
   * One transaction that holds the claim; a stale attempt writes nothing. It is done again when the database went
   * away in the middle, perhaps after its commit: inserts must be ones that may come twice.
   */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** A line for the job's log in the studio, in Chinese too where it is a sentence for people; batched. */
  log(source: string, text: string, chinese?: string): void
}

/** Does the job's work and returns its result; throws MolianError for what went wrong with the work itself. */
export type Handler = (attempt: Attempt) => Promise<Prisma.InputJsonObject>
