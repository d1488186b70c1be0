import { seedOf } from '@/lib/draw'
import { continuedMessages, storyText } from '@/lib/llm/prompts'
import { joinedText } from '@/lib/stages/stories/joined-text'
import { judgedText } from '@/lib/stages/stories/judged-text'
import type { NewTry } from '@/lib/stages/stories/put-story'
import { premiseOf } from '@/lib/text/test-row'
import { storyQuestion, type Row } from '@/gpu-worker/stages/write-stories/story-question'
import type { Writing } from '@/gpu-worker/stages/write-stories/write-row'

/**
 * Has the model go on from where a story was cut off, and joins both. This machine's engine goes on with the very same turn; another
 * chat server is asked in words, since not every one can.
 */
export async function continueRow(row: Row, number: number, story: { tryNumber: number; text: string }, { ask, prompt, sampling, signal, label }: Writing, canGoOn: boolean): Promise<NewTry> {
  const seed = seedOf(sampling.seed, row.ordinal, number)
  const place = { premise: premiseOf(row), instruction: row.instruction }
  const question = storyQuestion(row, seed, prompt, sampling)
  const { text, servedModel, ...answer } = await ask(
    {
      ...question,
      prompt: sampling.style === 'chat'
        ? { style: 'chat', messages: continuedMessages(prompt, place, story.text, canGoOn), goesOn: canGoOn }
        : { style: 'completions', text: storyText(prompt, place) + story.text },
    },
    signal,
  )
  await label(servedModel)
  const judged = judgedText(joinedText(story.text, text), place.premise, answer.finishReason, sampling)
  return { ...judged, ...answer, testRowId: row.id, number, kind: 'continued', fromNumber: story.tryNumber, seed, storyRewriteId: null }
}
