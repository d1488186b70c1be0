import { MolianError } from '@/lib/errors'
import type { ErrorCode } from '@/lib/error-sentences'

/** Faults that may be one passage's own: too long, refused by a filter, an answer that never ends. Any other is the endpoint's. */
const ofOneRow: readonly string[] = ['endpoint.bad-request', 'endpoint.failed', 'endpoint.unreachable', 'endpoint.too-slow', 'endpoint.not-protocol', 'endpoint.too-large', 'endpoint.too-many'] satisfies ErrorCode[]

/** Passages that may fail one after the other before it is no longer taken for theirs. */
const mostInRow = 20

/** Tells a passage that fails from an endpoint that does: while others are answered, it is the passage. */
export class RowFailures {
  private answeredAt = -Infinity
  private inRow = 0

  answered(): void {
    this.answeredAt = performance.now()
    this.inRow = 0
  }

  /** Whether the run goes on without the passage that was begun at `begunAt` (performance.now()). */
  isOfRow(error: unknown, begunAt: number): error is MolianError {
    if (!(error instanceof MolianError) || !ofOneRow.includes(error.code)) return false
    // What a server refuses to answer fails at once: there the last answer may be older than the question.
    const isOthersAnswered = error.code === 'endpoint.bad-request' ? this.answeredAt > -Infinity : this.answeredAt > begunAt
    if (!isOthersAnswered || this.inRow >= mostInRow) return false
    this.inRow += 1
    return true
  }
}
