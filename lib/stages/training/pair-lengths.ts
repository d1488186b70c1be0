import { db } from '@/lib/db'
import type { Lengths } from '@/lib/forecast/order'
import { fillTemplate, storyMessages } from '@/lib/llm/prompts'
import { chatTemplateOf } from '@/lib/models/chat-template'

/** Pairs that stand for all. */
const sampleSize = 160
/** Of the longest in characters, so many are counted: one of them is the longest in tokens too. */
const longestTried = 3

type Order = { datasetVersionId: string; modelId: string | null; directory: string; promptVersionId: string | null; system: string; template: string }

/**
 * The pairs of a frozen version in a model's tokens: every pair where they were counted, else a sample evenly taken, and
 * the longest. Null where there is no such version; throws what chatTemplateOf throws.
 */
export async function pairLengths(order: Order): Promise<Lengths | null> {
  const version = await db().datasetVersion.findUnique({ where: { id: order.datasetVersionId }, select: { trainingPairs: true, validationPairs: true } })
  if (!version) return null
  return { ...version, ...((await countedLengths(order)) ?? (await sampledLengths(order, version.trainingPairs + version.validationPairs))) }
}

type Measured = Pick<Lengths, 'sample' | 'longest' | 'counted'>

async function countedLengths({ datasetVersionId, modelId, promptVersionId }: Order): Promise<Measured | null> {
  if (modelId === null || promptVersionId === null) return null
  const count = await db().tokenCount.findUnique({
    where: { datasetVersionId_modelId_promptVersionId: { datasetVersionId, modelId, promptVersionId }, job: { state: 'succeeded' } },
    select: { promptTokens: true, answerTokens: true },
  })
  if (!count || count.promptTokens.length === 0) return null
  const all = count.promptTokens.map((prompt, index) => ({ prompt, answer: count.answerTokens[index] ?? 0 }))
  const longest = all.reduce((most, { prompt, answer }) => Math.max(most, prompt + answer), 0)
  return { sample: evenly(all.length).flatMap((index) => all[index] ?? []), longest, counted: true }
}

async function sampledLengths(order: Order, pairs: number): Promise<Measured> {
  const { datasetVersionId, directory } = order
  const chat = await chatTemplateOf(directory)
  const prompt = { system: order.system, template: fillTemplate(order.template, { premise: '{{premise}}', instruction: '' }) }
  const [rows, longest] = await Promise.all([
    db().datasetPair.findMany({ where: { datasetVersionId, ordinal: { in: evenly(pairs) } }, select: { premise: true, passage: true } }),
    db().$queryRaw<{ premise: string; passage: string }[]>`
      SELECT premise, passage FROM dataset_pair WHERE dataset_version_id = ${datasetVersionId}::uuid
      ORDER BY char_length(premise) + char_length(passage) DESC LIMIT ${longestTried}`,
  ])
  const lengthOf = ({ premise, passage }: { premise: string; passage: string }) => ({
    prompt: chat.promptIds(storyMessages(prompt, { premise, instruction: '' })).length,
    answer: chat.answerIds(passage).length,
  })
  const sample = rows.map(lengthOf)
  const most = [...sample, ...longest.map(lengthOf)].reduce((highest, { prompt: before, answer }) => Math.max(highest, before + answer), 0)
  return { sample, longest: most, counted: false }
}

/** At most sampleSize places of a list, as far from each other as they can be. */
function evenly(length: number): number[] {
  const count = Math.min(sampleSize, length)
  return Array.from({ length: count }, (_, index) => Math.floor((index * length) / count))
}
