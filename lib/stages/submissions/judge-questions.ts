import { db } from '@/lib/db'
import type { Question } from '@/lib/llm/ask'
import { answerPrint, type Answerer } from '@/lib/llm/answer-print'
import { judgeQuestion } from '@/lib/llm/judge-prompt'
import type { DrawnPair } from '@/lib/stages/submissions/drawn-pairs'
import type { JudgeSettings } from '@/lib/stages/submissions/judge-settings'
import { pairPrint } from '@/lib/stages/submissions/pair-print'

/** One question to a judge: which stories in which order. */
export type AskedOrder = { row: number; leftRunId: string; rightRunId: string; print: string; question: Question }

/** Every pair in both orders, those of a pair one after the other. */
export function inBothOrders(pairs: readonly DrawnPair[], { prompt, sampling }: Pick<JudgeSettings, 'prompt' | 'sampling'>): AskedOrder[] {
  return pairs.flatMap(({ row, one, other, premise, oneText, otherText }) => {
    const ask = (leftRunId: string, first: string, rightRunId: string, second: string): AskedOrder => ({ row, leftRunId, rightRunId, print: pairPrint(first, second), question: judgeQuestion({ premise, first, second }, prompt, sampling) })
    return [ask(one, oneText, other, otherText), ask(other, otherText, one, oneText)]
  })
}

/** What a judge's question is known by, so that it is not paid for twice. */
export function judgedPrint(question: Question, answerer: Answerer, seed: number): string {
  return answerPrint(question, answerer, seed, 1)
}

/** An answer that was paid for before. */
export type GivenJudgement = { text: string; finishReason: string | null; servedModel: string | null; promptTokens: number | null; completionTokens: number | null }

/** Of these questions the answers that were paid for, in whichever run. */
export async function judgedBefore(prints: readonly string[]): Promise<Map<string, GivenJudgement>> {
  const rows = await db().judgeAnswer.findMany({
    where: { question: { in: [...new Set(prints)] }, isReused: false, errorCode: null },
    select: { question: true, text: true, finishReason: true, servedModel: true, promptTokens: true, completionTokens: true },
  })
  return new Map(rows.map(({ question, ...answer }) => [question, answer]))
}
