import type { Question } from '@/lib/llm/ask'

/** Characters (UTF-16 units) of what a question gives a model to read. */
export function charactersOf({ prompt }: Pick<Question, 'prompt'>): number {
  return prompt.style === 'chat' ? prompt.messages.reduce((sum, { content }) => sum + content.length, 0) : prompt.text.length
}
