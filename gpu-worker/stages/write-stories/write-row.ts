import { seedOf } from '@/lib/draw'
import type { Asker } from '@/lib/llm/ask'
import type { StoryPrompt, StorySampling } from '@/lib/settings/stories'
import { bestTry } from '@/lib/stages/stories/best-try'
import { judgedText } from '@/lib/stages/stories/judged-text'
import type { Chosen, NewTry } from '@/lib/stages/stories/put-story'
import { premiseOf } from '@/lib/text/test-row'
import type { ModelLabel } from '@/gpu-worker/stages/model-label'
import { storyQuestion, type Row } from '@/gpu-worker/stages/write-stories/story-question'

export type Writing = { ask: Asker; prompt: StoryPrompt; sampling: StorySampling; signal: AbortSignal; label: ModelLabel }

/** A try, and with a row's last one what its story is. */
export type Kept = { tried: NewTry; story: Chosen | null }

/**
 * Asks until an answer has no refusing flaw, each time with another seed, and hands every try to `keep` before the next; the row's story
 * is the best of them. What an earlier attempt of the job had `known` is not asked for again.
 */
export async function writeRow(row: Row, known: readonly NewTry[], writing: Writing, keep: (kept: Kept) => Promise<void>): Promise<void> {
  const { sampling } = writing
  const tries = [...known]
  for (let isLast = false; !isLast; ) {
    const number = tries.length + 1
    const tried = await tryRow(row, number, writing)
    tries.push(tried)
    isLast = tried.outcome === 'good' || number >= sampling.tries
    const best = isLast ? bestTry(tries, { premise: premiseOf(row), target: sampling.target, adherenceBelow: null }) : null
    await keep({ tried, story: best && { tried: best, attempts: number, byPerson: false } })
  }
}

/** One answer of the model for a row; each number has its own seed. */
export async function tryRow(row: Row, number: number, { ask, prompt, sampling, signal, label }: Writing): Promise<NewTry> {
  const seed = seedOf(sampling.seed, row.ordinal, number)
  const { text, servedModel, ...answer } = await ask(storyQuestion(row, seed, prompt, sampling), signal)
  await label(servedModel)
  const judged = judgedText(text.trim(), premiseOf(row), answer.finishReason, sampling)
  return { ...judged, ...answer, testRowId: row.id, number, kind: 'written', fromNumber: null, seed, storyRewriteId: null }
}
