import { premiseMessages, premiseText, type PassagePlace } from '@/lib/llm/prompts'
import type { StyledAsking } from '@/lib/llm/premise-styles'

/** What a model reads for one passage: the turns of a conversation, or one text to go on with. */
export type RenderedPrompt = { style: 'chat'; turns: { role: string; content: string }[] } | { style: 'completions'; text: string }

export function renderedPrompt(asking: StyledAsking, requestStyle: 'chat' | 'completions', place: PassagePlace): RenderedPrompt {
  return requestStyle === 'chat' ? { style: 'chat', turns: premiseMessages(asking.prompt, place) } : { style: 'completions', text: premiseText(asking.prompt, place) }
}

/** Every text of it, for counting: a chat template adds a handful of tokens a turn. */
export function textOf(prompt: RenderedPrompt): string {
  return prompt.style === 'chat' ? prompt.turns.map(({ content }) => content).join('\n') : prompt.text
}

/** Tokens that a text comes to with a tokenizer that knows Chinese: measured, 181 Han characters are 120 Qwen tokens; four other characters make one. */
export function estimatedTokens(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0
  return Math.ceil((han * 120) / 181 + (text.length - han) / 4)
}
