import { db } from '@/lib/db'
import type { Answer } from '@/lib/llm/ask'

/** What is known of an answer that was given before. */
export type Known = Omit<Answer, 'latencyMs'> & { isReused: boolean; latencyMs: number }

/** Milliseconds for which an answer is remembered here: until then it is surely written. */
const rememberedMs = 60_000

/** Questions that this process is asking now, or has just asked, whoever asks: the second to ask the same waits for the first one's answer. */
const asking = new Map<string, Promise<Answer>>()

/**
 * The answer to a question: the one that was paid for before, in whichever run, or else a new one. `before` is what
 * givenBefore has said a moment ago; undefined has it asked here.
 */
export async function answerOnce(print: string, before: Known | null | undefined, ask: () => Promise<Answer>, signal: AbortSignal): Promise<Known> {
  const given = before === undefined ? (await givenBefore([print])).get(print) : before
  if (given) return given
  const other = asking.get(print)
  if (other) {
    const answer = await other.catch(() => null)
    signal.throwIfAborted()
    // The other one may have been cancelled, or have failed: then it is this one's turn.
    return answer ? { ...answer, isReused: true, latencyMs: 0 } : answerOnce(print, undefined, ask, signal)
  }
  const own = ask()
  asking.set(print, own)
  try {
    const answer = await own
    setTimeout(() => asking.delete(print), rememberedMs).unref()
    return { ...answer, isReused: false }
  } catch (error) {
    asking.delete(print)
    throw error
  }
}

/** Of these questions the answers that were paid for before. */
export async function givenBefore(prints: readonly string[]): Promise<Map<string, Known>> {
  const rows = await db().premiseAnswer.findMany({ where: { question: { in: [...new Set(prints)] }, isReused: false } })
  return new Map(
    rows.map(({ question, text, finishReason, servedModel, promptTokens, completionTokens }) => [
      question ?? '',
      { text, finishReason: finishReason ?? 'unknown', servedModel: servedModel ?? '', promptTokens, completionTokens, latencyMs: 0, isReused: true },
    ]),
  )
}
