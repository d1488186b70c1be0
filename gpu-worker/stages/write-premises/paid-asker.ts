import type { Answer, Asker, Question } from '@/lib/llm/ask'
import { costOf, type Price } from '@/lib/llm/cost'
import type { Purse } from '@/lib/llm/purse'
import { charactersOf } from '@/lib/llm/question-length'

/** Thrown where a call could cost more than the budget leaves; nothing was asked. */
export class BudgetReached extends Error {
  override readonly name = 'BudgetReached'
}

export type Paid = { answer: Answer; cost: number | null }

/** Tokens a character of prompt, before any answer has said; what no tokenizer of today exceeds by much for Chinese. */
const firstRatio = 1.5

/** Asks within a budget: sets the most that a call can cost aside before it, and takes what it did cost. */
export function paidAsker(ask: Asker, price: Price | null, purse: Purse, pausing: AbortSignal): (question: Question, signal: AbortSignal) => Promise<Paid> {
  let ratio: number | null = null
  return async (question, signal) => {
    if (!price) return { answer: await ask(question, signal), cost: null }
    const characters = charactersOf(question)
    const most = costOf({ prompt: Math.ceil(characters * (ratio === null ? firstRatio : ratio * 1.1)) + 16, completion: question.maxTokens }, price)
    if (!(await purse.reserve(most, AbortSignal.any([pausing, signal])))) throw new BudgetReached('The budget leaves too little for another question')
    let cost = 0
    try {
      const answer = await ask(question, signal)
      if (answer.promptTokens !== null) ratio = Math.max(ratio ?? 0, answer.promptTokens / Math.max(1, characters))
      // A server that does not count is reckoned at a token a character.
      cost = costOf({ prompt: answer.promptTokens ?? characters, completion: answer.completionTokens ?? answer.text.length }, price)
      return { answer, cost }
    } finally {
      purse.settle(most, cost)
    }
  }
}
