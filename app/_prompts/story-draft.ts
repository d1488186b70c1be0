/** The words of a story prompt. */
export type PromptWords = { system: string; template: string }

/** Where a project's draft of its story prompt is kept in the browser. */
export function storyDraftName(projectId: string): string {
  return `molian.story-prompt.${projectId}`
}

/** What the browser kept, if it is a story prompt. Said without zod, which would come whole to the browser. */
export function readStoryWords(value: unknown): PromptWords | null {
  if (typeof value !== 'object' || value === null || !('system' in value) || !('template' in value)) return null
  const { system, template } = value
  return typeof system === 'string' && typeof template === 'string' ? { system, template } : null
}

/** Whether two prompts are word for word the same. */
export function isSameWords(a: PromptWords, b: PromptWords): boolean {
  return a.system === b.system && a.template === b.template
}
