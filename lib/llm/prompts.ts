import { MolianError } from '@/lib/errors'
import { templateFault, variablePlace, variablesOf } from '@/lib/llm/prompt-variables'
import { inert } from '@/lib/text/special-tokens'

export type Example = { passage: string; premise: string }
export type Message = { role: 'system' | 'user' | 'assistant'; content: string }

/** Throws when a template names a variable that does not exist, or does not use the one it is for. */
export function checkTemplate(template: string, known: readonly [string, ...string[]], required: string): void {
  const fault = templateFault(template, known, required)
  if (fault?.kind === 'unknown') throw new MolianError('prompt.unknown-variable', { variable: fault.variable, nearest: fault.nearest, known: known.join(', ') })
  if (fault) throw new MolianError('prompt.variable-missing', { variable: fault.variable })
}

/** The system's words go as they are: a variable in them would reach the model unfilled. */
export function checkSystem(system: string): void {
  const variable = variablesOf(system)[0]
  if (variable !== undefined) throw new MolianError('prompt.variable-in-system', { variable })
}

/** Puts values into their places; what a value contains is never read as a variable again. */
export function fillTemplate(template: string, values: Record<string, string>): string {
  return template.replace(variablePlace, (place, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? place) : place))
}

type PremisePromptText = { system: string; template: string; examples: Example[] }
/** What a premise template's variables stand for, passage by passage (lib/llm/prompt-variables.ts says what each is). */
export type PassagePlace = { passage: string; title: string; chapter: string; previous: string; place: string }

/** For chat models: the examples as earlier turns of the same conversation. What the novel holds of a chat template's markers is made plain. */
export function premiseMessages(prompt: PremisePromptText, place: PassagePlace): Message[] {
  const turns = prompt.examples.flatMap((example): Message[] => [
    { role: 'user', content: fillTemplate(prompt.template, exampleValues(example.passage)) },
    { role: 'assistant', content: example.premise },
  ])
  return [...systemTurn(prompt.system), ...turns, { role: 'user', content: fillTemplate(prompt.template, inertValues(place)) }]
}

/** For plain base models: one text that goes on where the next premise would stand. */
export function premiseText(prompt: PremisePromptText, place: PassagePlace): string {
  const shots = prompt.examples.map((example) => fillTemplate(prompt.template, exampleValues(flat(example.passage))) + example.premise)
  const last = fillTemplate(prompt.template, inertValues({ ...place, passage: flat(place.passage), previous: flat(place.previous) }))
  return [prompt.system, ...shots, last].filter(Boolean).join('\n\n')
}

/** An example has a passage and nothing around it. */
function exampleValues(passage: string): PassagePlace {
  return { passage: inert(passage), title: '', chapter: '', previous: '', place: '' }
}

function inertValues(place: PassagePlace): PassagePlace {
  const { passage, title, chapter, previous } = place
  return { passage: inert(passage), title: inert(title), chapter: inert(chapter), previous: inert(previous), place: place.place }
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

/** What a chat server is asked that cannot go on with its own turn. */
const goOn = '上文没有写完。请从断开处接着写下去，不要重复已有的文字，不要说明，直到故事结束。'

/** The messages by which a story that was cut off is gone on with: its own turn left open, or another turn that asks for the rest. */
export function continuedMessages(prompt: StoryPromptText, row: RowPlace, story: string, ownTurn: boolean): Message[] {
  return [...storyMessages(prompt, row), { role: 'assistant', content: story }, ...(ownTurn ? [] : [{ role: 'user' as const, content: goOn }])]
}

/** For plain base models: the system's words and the filled template as one text, after which the story goes on. */
export function storyText(prompt: StoryPromptText, row: RowPlace): string {
  return [prompt.system, fillTemplate(prompt.template, row)].filter(Boolean).join('\n\n') + '\n\n'
}

function systemTurn(system: string): Message[] {
  return system === '' ? [] : [{ role: 'system', content: system }]
}
