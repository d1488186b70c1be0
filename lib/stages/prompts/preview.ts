import { db } from '@/lib/db'
import type { Question } from '@/lib/llm/ask'
import { premiseQuestion } from '@/lib/llm/premise-question'
import { estimatedTokens, textOf } from '@/lib/llm/prompt-length'
import { drawStyle, styledAsking } from '@/lib/llm/premise-styles'
import type { PremiseStyle } from '@/lib/settings/premise-styles'
import type { PremisePrompt, PremiseSampling } from '@/lib/settings/premises'
import { promptPlaces } from '@/lib/stages/prompts/places'
import { modelAsRead } from '@/lib/stages/prompts/read-model'

export type PreviewedPassage = { passageId: number; ordinal: number; style: PremiseStyle; prompt: Question['prompt']; tokens: number }

export type PromptPreview = {
  passages: PreviewedPassage[]
  /** The question about the longest passage and its answer, in tokens. */
  longest: { ordinal: number; tokens: number; answerTokens: number } | null
  /** Tokens that the model holds; null where nobody has said. */
  context: number | null
  /** Counted with the model's own tokenizer, or reckoned from the characters. */
  isCounted: boolean
}

/** A few passages of a set, drawn by a seed and in the order of the set: the same seed draws the same. */
export async function drawPassages(passageSetId: string, count: number, seed: number): Promise<number[]> {
  const rows = await db().$queryRaw<{ id: number }[]>`
    SELECT id FROM (
      SELECT id, ordinal FROM passage WHERE passage_set_id = ${passageSetId}::uuid ORDER BY md5(ordinal::text || ':' || ${seed}::text) LIMIT ${count}) AS drawn
    ORDER BY ordinal`
  return rows.map((row) => row.id)
}

/** The passages of a set with these numbers, counted from 0, in the order of the set; numbers that it does not have are left out. */
export async function passagesNumbered(passageSetId: string, ordinals: readonly number[]): Promise<number[]> {
  // A number beyond the column's range is one that no set has.
  const within = ordinals.filter((ordinal) => Number.isInteger(ordinal) && ordinal >= 0 && ordinal < 2 ** 31)
  const rows = await db().passage.findMany({ where: { passageSetId, ordinal: { in: within } }, orderBy: { ordinal: 'asc' }, select: { id: true } })
  return rows.map((row) => row.id)
}

/** What a model would read for these passages, each in the style that a run would draw for it, and how long it gets. `engineModel` is a model of this machine. */
export async function previewPrompt(order: {
  passageSetId: string
  passageIds: readonly number[]
  prompt: PremisePrompt
  sampling: PremiseSampling
  engineModel: string | null
}): Promise<PromptPreview> {
  const { passageSetId, prompt, sampling } = order
  const [longestId] = await longestPassage(passageSetId)
  const [places, [longestPlace], model] = await Promise.all([
    promptPlaces(order.passageIds),
    promptPlaces(longestId === undefined ? [] : [longestId]),
    order.engineModel === null ? null : modelAsRead(order.engineModel),
  ])
  const tokensOf = model?.countTokens ?? estimatedTokens
  const render = (place: (typeof places)[number], style: PremiseStyle) => premiseQuestion(styledAsking(prompt, sampling, style), sampling, place, place.ordinal, 1).prompt
  const styles: PremiseStyle[] = ['sentence', ...prompt.styles.map(({ style }) => style)]
  const longest = longestPlace && {
    ordinal: longestPlace.ordinal,
    tokens: Math.max(...styles.map((style) => tokensOf(textOf(render(longestPlace, style))))),
    answerTokens: Math.max(...styles.map((style) => styledAsking(prompt, sampling, style).maxTokens)),
  }
  return {
    passages: places.map((place) => {
      const style = drawStyle(prompt, sampling.seed, place.ordinal)
      const rendered = render(place, style)
      return { passageId: place.id, ordinal: place.ordinal, style, prompt: rendered, tokens: tokensOf(textOf(rendered)) }
    }),
    longest: longest ?? null,
    context: model?.context ?? null,
    isCounted: model !== null,
  }
}

async function longestPassage(passageSetId: string): Promise<number[]> {
  const rows = await db().$queryRaw<{ id: number }[]>`
    SELECT id FROM passage WHERE passage_set_id = ${passageSetId}::uuid ORDER BY end_at - start_at DESC, ordinal LIMIT 1`
  return rows.map((row) => row.id)
}
