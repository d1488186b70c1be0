import { costOf, type Price } from '@/lib/llm/cost'

/** A figure and where it comes from: past answers of the model, its own tokenizer, or a guess that is stated as one. */
export type Figure = { value: number; from: 'answers' | 'tokenizer' | 'guess'; of: number }

export type ForecastBasis = {
  passages: number
  /** Of them, the share whose question was answered before, by a sample. */
  reusedShare: number
  /** Mean characters of a question: the prompt's words, its examples and the passage, by a sample. */
  charactersEach: number
  tokensPerCharacter: Figure
  completionTokens: Figure
  /** Questions for a passage until its outcome. */
  questionsEach: Figure
  /** Milliseconds from question to answer; null where nothing is known. */
  latencyMs: Figure | null
  /** Milliseconds until an engine of this machine serves its model; null where none is started, or where that was never seen. */
  startMs: Figure | null
  /** Characters of the question for a grade beside the passage; null where no grades are asked for. */
  scoring: { charactersEach: number } | null
  concurrency: number
  limits: { requestsPerMinute: number | null; tokensPerMinute: number | null }
  price: Price | null
}

/** What a run will take. `milliseconds` is null where nothing is known of the model's speed, `cost` where there is no price. */
export type Forecast = {
  basis: ForecastBasis
  asked: number
  questions: number
  grades: number
  promptTokens: number
  completionTokens: number
  cost: number | null
  milliseconds: number | null
  /** What decides the time: the model's speed, or a limit a minute. */
  boundBy: 'speed' | 'requests' | 'tokens' | null
}

/** Tokens of the answer to a question for a grade. */
const gradeTokens = 4

/** Calls, tokens, cost and time of a run, from what is known beforehand. */
export function forecastOf(basis: ForecastBasis): Forecast {
  const { passages, tokensPerCharacter, completionTokens, questionsEach, latencyMs, scoring, limits, price } = basis
  const asked = Math.round(passages * (1 - basis.reusedShare))
  const questions = Math.round(asked * questionsEach.value)
  const grades = scoring ? passages : 0
  const prompt = Math.round((questions * basis.charactersEach + grades * (scoring?.charactersEach ?? 0)) * tokensPerCharacter.value)
  const completion = Math.round(questions * completionTokens.value + grades * gradeTokens)
  const calls = questions + grades
  const times = [
    { boundBy: 'speed' as const, ms: latencyMs === null ? null : (calls * latencyMs.value) / Math.max(1, Math.min(basis.concurrency, calls)) },
    { boundBy: 'requests' as const, ms: limits.requestsPerMinute === null ? null : (calls / limits.requestsPerMinute) * 60_000 },
    { boundBy: 'tokens' as const, ms: limits.tokensPerMinute === null ? null : ((prompt + completion) / limits.tokensPerMinute) * 60_000 },
  ]
  const slowest = times.reduce<{ boundBy: Forecast['boundBy']; ms: number | null }>((most, each) => (each.ms !== null && each.ms > (most.ms ?? -1) ? each : most), { boundBy: null, ms: null })
  return {
    basis,
    asked,
    questions,
    grades,
    promptTokens: prompt,
    completionTokens: completion,
    cost: price ? costOf({ prompt, completion }, price) : null,
    milliseconds: slowest.ms === null || calls === 0 ? slowest.ms : slowest.ms + (basis.startMs?.value ?? 0),
    boundBy: slowest.boundBy,
  }
}
