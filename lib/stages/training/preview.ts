import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { fillTemplate, type Message } from '@/lib/llm/prompts'
import { chatTemplateOf } from '@/lib/models/chat-template'
import { type TokenPiece, tokenPieces } from '@/lib/models/token-pieces'
import { tokenizerOf } from '@/lib/models/tokenizer'

/** A pair as training reads it. Of the answer's pieces those beyond the maximum length are in `cut`; lengths in tokens. */
export type TrainingPreview = {
  split: 'training' | 'validation'
  prompt: TokenPiece[]
  answer: TokenPiece[]
  cut: TokenPiece[]
  promptTokens: number
  answerTokens: number
  cutTokens: number
  /** The prompt leaves no room for an answer. */
  dropped: boolean
}

/** The pair at `ordinal` (from 0) of a version, by the template and tokenizer of the model in `directory`. Throws run.missing and what chatTemplateOf throws. */
export async function previewTraining(order: {
  datasetVersionId: string
  ordinal: number
  directory: string
  system: string
  template: string
  maxLength: number
}): Promise<TrainingPreview> {
  const { datasetVersionId, ordinal, directory, system, template, maxLength } = order
  const pair = await db().datasetPair.findFirst({ where: { datasetVersionId, ordinal } })
  if (!pair) throw new MolianError('run.missing', { what: 'pair' })
  const [chat, tokenizer] = await Promise.all([chatTemplateOf(directory), tokenizerOf(directory)])
  const user: Message = { role: 'user', content: fillTemplate(template, { premise: pair.premise, instruction: '' }) }
  const prompt = chat.promptIds(system === '' ? [user] : [{ role: 'system', content: system }, user])
  const answer = chat.answerIds(pair.passage)
  const room = Math.max(0, maxLength - prompt.length)
  return {
    split: pair.split,
    prompt: tokenPieces(prompt, tokenizer),
    answer: tokenPieces(answer.slice(0, room), tokenizer),
    cut: tokenPieces(answer.slice(room), tokenizer),
    promptTokens: prompt.length,
    answerTokens: answer.length,
    cutTokens: Math.max(0, answer.length - room),
    dropped: room === 0,
  }
}
