import { MolianError } from '@/lib/errors'
import type { ErrorCode } from '@/lib/error-sentences'

/** Faults that may be one passage's own: too long, refused by a filter, an answer that never ends. Any other is the endpoint's. */
const ofOneRow: readonly string[] = ['endpoint.bad-request', 'endpoint.failed', 'endpoint.unreachable', 'endpoint.too-slow', 'endpoint.not-protocol', 'endpoint.too-large', 'endpoint.too-many'] satisfies ErrorCode[]

/** A server that speaks of the text itself: its content is not wanted, or it is too long. */
const aboutText = /inspection|content.?(filter|policy|management)|inappropriate|sensitive|safety|敏感|违规|不合规|审核|context.?length|maximum context|too long|too many tokens/i

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
    const isRefusal = error.code === 'endpoint.bad-request'
    const isOfText = isRefusal && (this.answeredAt > -Infinity || aboutText.test(String(error.params.reason)))
    if (!(isRefusal ? isOfText : this.answeredAt > begunAt) || this.inRow >= mostInRow) return false
    this.inRow += 1
    return true
  }
}
