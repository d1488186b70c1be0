import type { Question } from '@/lib/llm/ask'
import { storyMessages, storyText } from '@/lib/llm/prompts'
import type { PlaySampling } from '@/lib/settings/plays'
import type { StoryPrompt, StorySampling } from '@/lib/settings/stories'
import { premiseOf } from '@/lib/text/test-row'

export type Row = { id: number; ordinal: number; instruction: string; input: string }

/** The question for one row, as the run's, or a play's, prompt and sampling have it. */
export function storyQuestion(row: Pick<Row, 'instruction' | 'input'>, seed: number, prompt: StoryPrompt, sampling: Omit<PlaySampling, 'seed'>): Question {
  const place = { premise: premiseOf(row), instruction: row.instruction }
  const { temperature, topP, topK, repetitionPenalty, maxTokens } = sampling
  return {
    prompt: sampling.style === 'chat'
      ? { style: 'chat', messages: storyMessages(prompt, place) }
      : { style: 'completions', text: storyText(prompt, place) },
    temperature,
    topP,
    topK,
    repetitionPenalty,
    maxTokens,
    seed,
  }
}

/** Characters of the question about a row of so many, and the tokens of its answer; `texts`: characters of a story that is handed along. */
export function longestQuestion(longestRow: number, prompt: StoryPrompt, sampling: StorySampling, texts = 0): { characters: number; maxTokens: number } {
  return { characters: prompt.system.length + prompt.template.length + longestRow + texts, maxTokens: sampling.maxTokens }
}

/** Characters of a row that a prompt may name. */
export function lengthOf(row: Row): number {
  return row.instruction.length + row.input.length
}
