import { db } from '@/lib/db'
import type { Answer } from '@/lib/llm/ask'
import type { QuestionClaims } from '@/gpu-worker/stages/write-premises/question-claims'

/** What is known of an answer that was given before. */
export type Known = Omit<Answer, 'latencyMs' | 'address'> & { isReused: boolean; latencyMs: number }

/**
 * The answer to a question: the one that was paid for before, in whichever run, or else a new one. What anybody else is
 * asking at this moment is waited for, and asked here only once it is free again. `before` is what givenBefore has found.
 */
export async function answerOnce(print: string, before: Known | undefined, claims: QuestionClaims, ask: () => Promise<Answer>, signal: AbortSignal): Promise<Known> {
  if (before) return before
  for (;;) {
    const standing = await claims.claim(print)
    signal.throwIfAborted()
    if (standing.kind === 'answered') return standing.answer
    if (standing.kind === 'ours') break
    await claims.nextLook()
    signal.throwIfAborted()
  }
  try {
    return { ...(await ask()), isReused: false }
  } catch (error) {
    await claims.release(print)
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
