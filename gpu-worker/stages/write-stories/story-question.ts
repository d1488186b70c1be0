import type { Question } from '@/lib/llm/ask'
import { storyMessages, storyText } from '@/lib/llm/prompts'
import type { StoryPrompt, StorySampling } from '@/lib/settings/stories'
import { premiseOf } from '@/lib/text/test-row'

export type Row = { id: number; ordinal: number; instruction: string; input: string }

/** The question for one row, as the run's prompt and sampling have it. */
export function storyQuestion(row: Row, seed: number, prompt: StoryPrompt, sampling: StorySampling): Question {
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

/** The longest of these rows' questions and its answer; `texts`: characters of a story that is handed along. */
export function longestQuestion(rows: readonly Row[], prompt: StoryPrompt, sampling: StorySampling, texts = 0): { characters: number; maxTokens: number } {
  const longest = rows.reduce((most, row) => Math.max(most, premiseOf(row).length + row.instruction.length), 0)
  return { characters: prompt.system.length + prompt.template.length + longest + texts, maxTokens: sampling.maxTokens }
}
