import type { Question } from '@/lib/llm/ask'
import { answerPrint, type Answerer } from '@/lib/llm/answer-print'
import { flawsOfPremise, outcomeOf, unwrapped } from '@/lib/llm/premise-flaws'
import { premiseQuestion } from '@/lib/llm/premise-question'
import { drawStyle, styledAsking } from '@/lib/llm/premise-styles'
import type { PremisePrompt, PremiseSampling } from '@/lib/settings/premises'
import type { PlacedPassage } from '@/lib/stages/prompts/places'
import type { TestPremise } from '@/lib/stages/stories/test-files'
import type { LeakFinder } from '@/lib/text/leaks'
import type { Answered, Failed } from '@/gpu-worker/stages/write-premises/answered'
import { answerOnce, type Known } from '@/gpu-worker/stages/write-premises/known-answers'
import type { NextPassage } from '@/gpu-worker/stages/write-premises/next-passages'
import type { Paid } from '@/gpu-worker/stages/write-premises/paid-asker'
import type { QuestionClaims } from '@/gpu-worker/stages/write-premises/question-claims'
import type { RowFailures } from '@/gpu-worker/stages/write-premises/row-failures'

export type Writing = {
  ask: (question: Question, signal: AbortSignal) => Promise<Paid>
  answerer: Answerer
  prompt: PremisePrompt
  sampling: PremiseSampling
  /** Tries that a passage may have, over all attempts of the run. */
  tries: number
  leaks: LeakFinder<TestPremise>
  claims: QuestionClaims
  failures: RowFailures
  signal: AbortSignal
  /** After this no further try is begun. */
  pausing: AbortSignal
  /** Resolves when it is written; nothing is asked before. */
  keep: (each: Answered | Failed) => Promise<void>
}

/**
 * Asks about a passage until an answer passes the checks, each time with another seed, or its tries are used up. Says
 * whether that decided the passage; a pause may come before.
 */
export async function writeOne({ place, attempts: triesBefore, known }: NextPassage, writing: Writing): Promise<boolean> {
  const { leaks, failures, signal, pausing, keep } = writing
  const asking = askingOf(place, writing)
  const about = { style: asking.style, around: [place.title, place.chapter, place.previous], leaks }
  const begunAt = performance.now()
  for (let attempt = triesBefore + 1; attempt <= Math.max(writing.tries, triesBefore + 1); attempt++) {
    if (pausing.aborted) return false
    const got = await askOnce(questionOf(place, attempt, writing), attempt, attempt === triesBefore + 1 ? known : undefined, writing).catch((error: unknown) => {
      if (!failures.isOfRow(error, begunAt)) throw error
      return error
    })
    if (got instanceof Error) {
      await keep({ kind: 'failure', passageId: place.id, style: asking.style, attempts: attempt - 1, error: got })
      return true
    }
    signal.throwIfAborted()
    const text = unwrapped(got.text)
    const flaws = flawsOfPremise(text, place.passage, asking.limits, got.finishReason, about)
    const outcome = outcomeOf(flaws, attempt >= writing.tries)
    await keep({ ...got, kind: 'answer', passageId: place.id, attempt, style: asking.style, text, flaws, outcome })
    writing.claims.answered(got.question)
    if (outcome) return true
  }
  return true
}

type Asked = Pick<Writing, 'prompt' | 'sampling' | 'answerer'>

function askingOf(place: PlacedPassage, { prompt, sampling }: Asked) {
  return styledAsking(prompt, sampling, drawStyle(prompt, sampling.seed, place.ordinal))
}

function questionOf(place: PlacedPassage, attempt: number, asked: Asked): Question {
  return premiseQuestion(askingOf(place, asked), asked.sampling, place, place.ordinal, attempt)
}

/** What the question of a try is known by. */
export function printOf(place: PlacedPassage, attempt: number, asked: Asked): string {
  return answerPrint(questionOf(place, attempt, asked), asked.answerer, asked.sampling.seed, attempt)
}

type Got = Pick<Answered, 'text' | 'question' | 'isReused' | 'finishReason' | 'servedModel' | 'promptTokens' | 'completionTokens' | 'cost' | 'latencyMs'>

async function askOnce(question: Question, attempt: number, before: Known | undefined, { ask, answerer, sampling, claims, failures, signal }: Writing): Promise<Got> {
  const print = answerPrint(question, answerer, sampling.seed, attempt)
  let cost: number | null = 0
  const known = await answerOnce(
    print,
    before,
    claims,
    async () => {
      const paid = await ask(question, signal)
      failures.answered()
      cost = paid.cost
      return paid.answer
    },
    signal,
  )
  return { ...known, question: print, cost }
}

