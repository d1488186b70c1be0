import { setImmediate as letOthers } from 'node:timers/promises'
import { db } from '@/lib/db'
import { fillTemplate, storyMessages } from '@/lib/llm/prompts'
import { chatTemplateOf } from '@/lib/models/chat-template'
import type { Handler } from '@/lib/queue/attempt'
import { modelDirectory } from '@/lib/stages/models'

/** Pairs read and counted before others get their turn. */
const batch = 100

/** Counts every pair of a frozen version in a model's tokens, as the trainer will. */
export const countTokens: Handler = async (attempt) => {
  const count = await db().tokenCount.findUniqueOrThrow({ where: { id: attempt.subjectId }, include: { model: true, promptVersion: true, datasetVersion: true } })
  const { trainingPairs, validationPairs, id: datasetVersionId } = count.datasetVersion
  const total = trainingPairs + validationPairs
  const { system, template } = count.promptVersion
  // As gpu-worker/stages/train-adapter.ts hands it on: a pair has a premise and no instruction of its own.
  const prompt = { system, template: fillTemplate(template, { premise: '{{premise}}', instruction: '' }) }
  const chat = await chatTemplateOf(modelDirectory(count.model))
  const promptTokens: number[] = []
  const answerTokens: number[] = []
  while (promptTokens.length < total) {
    const pairs = await db().datasetPair.findMany({ where: { datasetVersionId, ordinal: { gte: promptTokens.length } }, orderBy: { ordinal: 'asc' }, take: batch, select: { premise: true, passage: true } })
    if (pairs.length === 0) break
    for (const { premise, passage } of pairs) {
      promptTokens.push(chat.promptIds(storyMessages(prompt, { premise, instruction: '' })).length)
      answerTokens.push(chat.answerIds(passage).length)
    }
    attempt.signal.throwIfAborted()
    attempt.progress({ done: promptTokens.length, total, phase: 'counting' })
    await letOthers()
  }
  await attempt.write((tx) => tx.tokenCount.update({ where: { id: count.id }, data: { promptTokens, answerTokens }, select: { id: true } }))
  return { pairs: promptTokens.length, tokens: [...promptTokens, ...answerTokens].reduce((sum, tokens) => sum + tokens, 0) }
}
