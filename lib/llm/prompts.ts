import { MolianError } from '@/lib/errors'

export type Example = { passage: string; premise: string }
export type Message = { role: 'system' | 'user' | 'assistant'; content: string }

export const premiseVariables = ['passage', 'title', 'chapter'] as const
export const storyVariables = ['premise', 'instruction'] as const

/** Names of `{{variable}}` in a template, in order. */
export function variablesOf(template: string): string[] {
  return [...template.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map((match) => match[1] ?? '')
}

/** Throws when a template names a variable that does not exist, or does not use the one it is for. */
export function checkTemplate(template: string, known: readonly string[], required: string): void {
  const used = variablesOf(template)
  const unknown = used.find((name) => !known.includes(name))
  if (unknown !== undefined) throw new MolianError('prompt.unknown-variable', { variable: unknown, known: known.join(', ') })
  if (!used.includes(required)) throw new MolianError('prompt.variable-missing', { variable: required })
}

/** Puts values into their places; what a value contains is never read as a variable again. */
export function fillTemplate(template: string, values: Record<string, string>): string {
  return template.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (place, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? place) : place))
}

type PremisePromptText = { system: string; template: string; examples: Example[] }
type PassagePlace = { passage: string; title: string; chapter: string }

/** For chat models: the examples as earlier turns of the same conversation. */
export function premiseMessages(prompt: PremisePromptText, place: PassagePlace): Message[] {
  const turns = prompt.examples.flatMap((example): Message[] => [
    { role: 'user', content: fillTemplate(prompt.template, { passage: example.passage, title: '', chapter: '' }) },
    { role: 'assistant', content: example.premise },
  ])
  return [...systemTurn(prompt.system), ...turns, { role: 'user', content: fillTemplate(prompt.template, place) }]
}

/** For plain base models: one text that goes on where the next premise would stand. */
export function premiseText(prompt: PremisePromptText, place: PassagePlace): string {
  const shots = prompt.examples.map(
    (example) => fillTemplate(prompt.template, { passage: flat(example.passage), title: '', chapter: '' }) + example.premise,
  )
  return [prompt.system, ...shots, fillTemplate(prompt.template, { ...place, passage: flat(place.passage) })].filter(Boolean).join('\n\n')
}

/** A blank line ends an example, so a passage must not hold one. */
function flat(passage: string): string {
  return passage.trim().replace(/\n{2,}/g, '\n')
}

type StoryPromptText = { system: string; template: string }
type RowPlace = { premise: string; instruction: string }

/** The messages of one test row. Training renders the same ones (gpu-worker/python/chat_template.py). */
export function storyMessages(prompt: StoryPromptText, row: RowPlace): Message[] {
  return [...systemTurn(prompt.system), { role: 'user', content: fillTemplate(prompt.template, row) }]
}

/** For plain base models: the system's words and the filled template as one text, after which the story goes on. */
export function storyText(prompt: StoryPromptText, row: RowPlace): string {
  return [prompt.system, fillTemplate(prompt.template, row)].filter(Boolean).join('\n\n') + '\n\n'
}

function systemTurn(system: string): Message[] {
  return system === '' ? [] : [{ role: 'system', content: system }]
}
