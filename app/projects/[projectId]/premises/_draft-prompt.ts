import { furtherStyles } from '@/lib/settings/premise-styles'
import type { PremisePrompt } from '@/lib/settings/premises'

/** Where a project's draft of its premise prompt is kept in the browser. */
export function draftName(projectId: string): string {
  return `molian.premise-prompt.${projectId}`
}

/** What the browser kept, if it is a prompt as this version of the studio writes it. Said without zod, which would come whole to the browser. */
export function readPrompt(value: unknown): PremisePrompt | null {
  return isPart(value) && 'styles' in value && Array.isArray(value.styles) && value.styles.every(isStyle) ? { system: value.system, template: value.template, examples: value.examples, styles: value.styles } : null
}

type Part = Pick<PremisePrompt, 'system' | 'template' | 'examples'>

function isPart(value: unknown): value is Part & { styles?: unknown } {
  return isRecord(value) && typeof value.system === 'string' && typeof value.template === 'string' && Array.isArray(value.examples) && value.examples.every(isExample)
}

function isExample(value: unknown): value is Part['examples'][number] {
  return isRecord(value) && typeof value.passage === 'string' && typeof value.premise === 'string'
}

const figures = ['share', 'minimumCharacters', 'maximumCharacters', 'maxTokens'] as const

function isStyle(value: unknown): value is PremisePrompt['styles'][number] {
  if (!isRecord(value)) return false
  const { style } = value
  return furtherStyles.some((known) => known === style) && figures.every((name) => typeof value[name] === 'number') && isPart(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
