import { db } from '@/lib/db'
import type { Answer } from '@/lib/llm/ask'

/** What is known of an answer that was given before. */
export type Known = Omit<Answer, 'latencyMs'> & { isReused: boolean; latencyMs: number }

/** Milliseconds for which an answer is remembered here: until then it is surely written. */
const rememberedMs = 20_000

/** Questions that this process is asking now, or has just asked, whoever asks: the second to ask the same waits for the first one's answer. */
const asking = new Map<string, Promise<Answer>>()

/** The answer to a question: the one that was paid for before, in whichever run, or else a new one. */
export async function answerOnce(print: string, ask: () => Promise<Answer>, signal: AbortSignal): Promise<Known> {
  const before = await givenBefore(print)
  if (before) return before
  const other = asking.get(print)
  if (other) {
    const answer = await other.catch(() => null)
    signal.throwIfAborted()
    // The other one may have been cancelled, or have failed: then it is this one's turn.
    return answer ? { ...answer, isReused: true, latencyMs: 0 } : answerOnce(print, ask, signal)
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

async function givenBefore(print: string): Promise<Known | null> {
  const row = await db().premiseAnswer.findFirst({ where: { question: print, isReused: false }, orderBy: { at: 'asc' } })
  if (!row) return null
  const { text, promptTokens, completionTokens } = row
  return { text, finishReason: row.finishReason ?? 'unknown', servedModel: row.servedModel ?? '', promptTokens, completionTokens, latencyMs: 0, isReused: true }
}

