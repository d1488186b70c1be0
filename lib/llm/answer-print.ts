import { createHash } from 'node:crypto'
import type { Question } from '@/lib/llm/ask'

/** Whose answer it is: a model behind an address, or the weights of a model of this machine. */
export type Answerer = { kind: 'endpoint'; baseUrl: string; model: string } | { kind: 'engine'; sha256: string }

/**
 * SHA-256 of everything that decides an answer: the passage as the prompt renders it, the model, and the settings that
 * are sent. The seed that goes out is made of the passage's number too; here the run's own seed and the try stand for
 * it, so that the same passage in another set or run is the same question.
 */
export function answerPrint(question: Question, answerer: Answerer, runSeed: number, attempt: number): string {
  const { prompt, temperature, topP, topK, repetitionPenalty, maxTokens, stop = [], schema = null } = question
  const parts = [answerer, prompt, temperature, topP, topK, repetitionPenalty, maxTokens, stop, schema, runSeed, attempt]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
