import { describe, expect, it } from 'vitest'
import { forecastOf, type ForecastBasis } from '@/lib/llm/forecast'

const measured = (value: number) => ({ value, from: 'answers' as const, of: 100 })
const basis: ForecastBasis = {
  passages: 1000,
  reusedShare: 0.2,
  charactersEach: 1000,
  tokensPerCharacter: measured(0.7),
  completionTokens: measured(30),
  questionsEach: measured(1.25),
  latencyMs: measured(2000),
  startMs: null,
  scoring: null,
  concurrency: 10,
  limits: { requestsPerMinute: null, tokensPerMinute: null },
  price: { input: 2, output: 8, currency: 'CNY' },
}

describe('a forecast', () => {
  it('is what its figures multiply to', () => {
    expect(forecastOf(basis)).toMatchObject({ asked: 800, questions: 1000, grades: 0, promptTokens: 700_000, completionTokens: 30_000, cost: 1.4 + 0.24, milliseconds: 200_000, boundBy: 'speed' })
  })

  it('counts the questions for grades, of every passage', () => {
    const graded = forecastOf({ ...basis, scoring: { charactersEach: 500 } })
    expect(graded).toMatchObject({ grades: 1000, promptTokens: 1_050_000, completionTokens: 34_000 })
  })

  it('takes as long as the narrowest limit makes it', () => {
    expect(forecastOf({ ...basis, limits: { requestsPerMinute: 100, tokensPerMinute: null } })).toMatchObject({ milliseconds: 600_000, boundBy: 'requests' })
    expect(forecastOf({ ...basis, limits: { requestsPerMinute: 100, tokensPerMinute: 36_500 } })).toMatchObject({ milliseconds: 1_200_000, boundBy: 'tokens' })
  })

  it('says nothing of what is not known', () => {
    expect(forecastOf({ ...basis, startMs: measured(30_000) })).toMatchObject({ milliseconds: 230_000 })
    expect(forecastOf({ ...basis, startMs: measured(30_000), latencyMs: null })).toMatchObject({ milliseconds: null })
    expect(forecastOf({ ...basis, latencyMs: null, price: null })).toMatchObject({ milliseconds: null, boundBy: null, cost: null })
    expect(forecastOf({ ...basis, passages: 0 })).toMatchObject({ questions: 0, cost: 0, milliseconds: 0 })
  })
})
