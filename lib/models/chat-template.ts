import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Template } from '@huggingface/jinja'
import { Tokenizer } from '@huggingface/tokenizers'
import { z } from 'zod'
import { MolianError } from '@/lib/errors'
import type { Message } from '@/lib/llm/prompts'
import { tokenizerOf } from '@/lib/models/tokenizer'

const addedToken = z.looseObject({ id: z.number(), content: z.string(), special: z.boolean() })
const wordsSchema = z.looseObject({ added_tokens: z.array(addedToken).default([]) })
const named = z.union([z.string(), z.looseObject({ content: z.string() })]).nullish()
const settingsSchema = z.looseObject({
  chat_template: z.union([z.string(), z.array(z.object({ name: z.string(), template: z.string() }))]).nullish(),
  bos_token: named,
  eos_token: named,
  pad_token: named,
  unk_token: named,
})

// Private-use characters, as gpu-worker/python/chat_template.py has them.
const probe = '\ue0f0'

/**
 * A model's chat template with its tokenizer: how many tokens a pair becomes, id for id as the trainer makes them
 * (gpu-worker/python/chat_template.py says the same; tests/contract/chat-template.json holds both to it).
 */
export interface ChatTemplate {
  /** Tokens of the messages up to where the answer begins. A special token's text inside a message stays text. */
  promptIds(messages: readonly Message[]): number[]
  /** The same as text, with the template's own special tokens written out. */
  promptText(messages: readonly Message[]): string
  /** The passage's tokens and the token that ends an answer. */
  answerIds(passage: string): number[]
}

/** The template of the model in `directory`; throws `model.no-chat-template`, `model.bad-template`, and what tokenizerOf throws. */
export async function chatTemplateOf(directory: string): Promise<ChatTemplate> {
  const [{ tokensOf }, words, settings] = await Promise.all([tokenizerOf(directory), readJson(directory, 'tokenizer.json'), readJson(directory, 'tokenizer_config.json')])
  const { added_tokens: added } = wordsSchema.parse(words)
  const given = settingsSchema.parse(settings ?? {})
  const render = renderer(directory, await templateText(directory, given), given)
  const specials = added.filter(({ special }) => special).sort((one, other) => other.content.length - one.content.length)
  const idOf = new Map(specials.map(({ content, id }) => [content, id]))
  const hidden = new Map(specials.map(({ content }, at) => [content, `\ue0f1${at}\ue0f2`]))
  const shown = new Map([...hidden].map(([content, standIn]) => [standIn, content]))
  const pattern = specials.length === 0 ? null : new RegExp(specials.map(({ content }) => escaped(content)).join('|'), 'g')
  const has = (text: string) => specials.some(({ content }) => text.includes(content))

  // A second tokenizer that knows no special token: made only for a text that writes one out.
  let plain: Tokenizer | undefined
  const literal = (text: string) => {
    const whole = text.replace(/\ue0f1\d+\ue0f2/g, (standIn) => shown.get(standIn) ?? standIn)
    if (whole === '' || !has(whole)) return tokensOf(whole)
    plain ??= new Tokenizer({ ...Object(words), added_tokens: added.filter(({ special }) => !special) }, withoutSpecials(settings))
    return plain.encode(whole, { add_special_tokens: false }).ids
  }
  const end = endToken()

  function endToken(): number[] {
    const text = render([{ role: 'user', content: '?' }, { role: 'assistant', content: probe }], false)
    const after = text.slice(text.lastIndexOf(probe) + probe.length)
    const following = pattern === null ? undefined : [...after.matchAll(pattern)][0]?.[0]
    const id = idOf.get(following ?? textOf(given.eos_token) ?? '')
    return id === undefined ? [] : [id]
  }
  return {
    promptIds(messages) {
      if (pattern === null || !messages.some(({ content }) => has(content))) return tokensOf(render(messages, true))
      const masked = messages.map((message) => ({ ...message, content: message.content.replace(pattern, (content) => hidden.get(content) ?? content) }))
      const text = render(masked, true)
      const ids: number[] = []
      let reached = 0
      for (const found of text.matchAll(pattern)) {
        ids.push(...literal(text.slice(reached, found.index)), idOf.get(found[0]) ?? 0)
        reached = found.index + found[0].length
      }
      return [...ids, ...literal(text.slice(reached))]
    },
    promptText: (messages) => render(messages, true),
    answerIds: (passage) => [...literal(passage), ...end],
  }
}

type Settings = z.infer<typeof settingsSchema>

function renderer(directory: string, source: string, settings: Settings): (messages: readonly Message[], opensAnswer: boolean) => string {
  const tokens = { bos_token: textOf(settings.bos_token) ?? '', eos_token: textOf(settings.eos_token) ?? '', pad_token: textOf(settings.pad_token) ?? '', unk_token: textOf(settings.unk_token) ?? '' }
  try {
    const template = new Template(source)
    return (messages, opensAnswer) => {
      try {
        return template.render({ messages, add_generation_prompt: opensAnswer, ...tokens })
      } catch (error) {
        throw badTemplate(directory, error)
      }
    }
  } catch (error) {
    throw badTemplate(directory, error)
  }
}

async function templateText(directory: string, { chat_template: inSettings }: Settings): Promise<string> {
  const own = await readFile(path.join(directory, 'chat_template.jinja'), 'utf8').catch(() => null)
  const text = own ?? (typeof inSettings === 'string' ? inSettings : inSettings?.find(({ name }) => name === 'default')?.template)
  if (!text) throw new MolianError('model.no-chat-template', { path: directory })
  return text
}

async function readJson(directory: string, file: string): Promise<unknown> {
  const text = await readFile(path.join(directory, file), 'utf8').catch(() => null)
  try {
    return text === null ? null : JSON.parse(text)
  } catch (cause) {
    throw new MolianError('model.bad-config', { path: directory, file }, { cause })
  }
}

/** The settings without the tokens that they add themselves. */
function withoutSpecials(settings: unknown): object {
  return { ...Object(settings), added_tokens_decoder: {}, additional_special_tokens: [], extra_special_tokens: [] }
}

function textOf(token: z.infer<typeof named>): string | undefined {
  return typeof token === 'string' ? token : token?.content
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function badTemplate(directory: string, cause: unknown): MolianError {
  return new MolianError('model.bad-template', { path: directory, reason: cause instanceof Error ? cause.message : String(cause) }, { cause })
}
