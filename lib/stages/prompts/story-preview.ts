import { db } from '@/lib/db'
import { asMolianError, type MolianError } from '@/lib/errors'
import type { Question } from '@/lib/llm/ask'
import { estimatedTokens, textOf } from '@/lib/llm/prompt-length'
import { storyMessages, storyText } from '@/lib/llm/prompts'
import { chatTemplateOf } from '@/lib/models/chat-template'
import { contextLimit } from '@/lib/models/context-limit'
import { tokenizerOf } from '@/lib/models/tokenizer'
import type { StoryPrompt } from '@/lib/settings/stories'
import { modelFolder } from '@/lib/stages/prompts/read-model'
import { premiseOf } from '@/lib/text/test-row'

/** A test row as the prompt renders it. `asRead`: the very text that the chosen model reads, its template's marks and all; null without a model or template. */
export type PreviewedRow = { ordinal: number; prompt: Question['prompt']; asRead: string | null; tokens: number }

export type StoryPromptPreview = {
  rows: PreviewedRow[]
  /** The longest row's question, in tokens. */
  longest: { ordinal: number; tokens: number } | null
  /** Tokens that the model holds; null where nobody has said. */
  context: number | null
  isCounted: boolean
  /** Why the model's own template could not be used. */
  fault: MolianError | null
}

type Order = {
  testFileId: string
  prompt: StoryPrompt
  style: 'chat' | 'completions'
  /** Name or folder of a model of this machine; null where an endpoint writes. */
  engineModel: string | null
  /** Rows drawn by a seed, or those of these numbers, counted from 0. */
  rows: { draw: number; count: number } | { ordinals: readonly number[] }
}

type Reader = { asRead: (prompt: Question['prompt']) => string | null; countTokens: (prompt: Question['prompt']) => number; context: number | null }

/** What a model would read for a few rows of a test file. */
export async function previewStoryPrompt(order: Order): Promise<StoryPromptPreview> {
  const { prompt, style } = order
  const [rows, longestRow, read] = await Promise.all([chosenRows(order), findLongest(order.testFileId), order.engineModel === null ? null : readerOf(order.engineModel)])
  const reader = read?.reader ?? null
  const render = (row: Row): Question['prompt'] => {
    const place = { premise: premiseOf(row), instruction: row.instruction }
    return style === 'chat' ? { style, messages: storyMessages(prompt, place) } : { style, text: storyText(prompt, place) }
  }
  const tokensOf = (rendered: Question['prompt']) => reader?.countTokens(rendered) ?? estimatedTokens(textOf(rendered))
  return {
    rows: rows.map((row) => {
      const rendered = render(row)
      return { ordinal: row.ordinal, prompt: rendered, asRead: reader?.asRead(rendered) ?? null, tokens: tokensOf(rendered) }
    }),
    longest: longestRow && { ordinal: longestRow.ordinal, tokens: tokensOf(render(longestRow)) },
    context: reader?.context ?? null,
    isCounted: reader !== null,
    fault: read?.fault ?? null,
  }
}

type Row = { ordinal: number; instruction: string; input: string }

async function chosenRows({ testFileId, rows }: Order): Promise<Row[]> {
  if ('ordinals' in rows) return db().testRow.findMany({ where: { testFileId, ordinal: { in: [...rows.ordinals] } }, orderBy: { ordinal: 'asc' } })
  return db().$queryRaw<Row[]>`
    SELECT * FROM (SELECT ordinal, instruction, input FROM test_row WHERE test_file_id = ${testFileId}::uuid ORDER BY md5(ordinal::text || ':' || ${rows.draw}::text) LIMIT ${rows.count}) AS drawn
    ORDER BY ordinal`
}

async function findLongest(testFileId: string): Promise<Row | null> {
  const [row] = await db().$queryRaw<Row[]>`
    SELECT ordinal, instruction, input FROM test_row WHERE test_file_id = ${testFileId}::uuid
    ORDER BY char_length(instruction) + char_length(input) DESC, ordinal LIMIT 1`
  return row ?? null
}

/** A model of this machine as it reads prompts; without one of that name neither reader nor fault. */
async function readerOf(name: string): Promise<{ reader: Reader | null; fault: MolianError | null }> {
  const directory = await modelFolder(name)
  if (directory === null) return { reader: null, fault: null }
  try {
    const [{ countTokens }, context, template] = await Promise.all([tokenizerOf(directory), contextLimit(directory), chatTemplateOf(directory).catch((error: unknown) => asMolianError(error))])
    const isTemplate = !(template instanceof Error)
    return {
      reader: {
        asRead: (prompt) => (prompt.style === 'completions' ? prompt.text : isTemplate ? template.promptText(prompt.messages) : null),
        countTokens: (prompt) => (prompt.style === 'chat' && isTemplate ? template.promptIds(prompt.messages).length : countTokens(textOf(prompt))),
        context,
      },
      fault: isTemplate ? null : template,
    }
  } catch (error) {
    return { reader: null, fault: asMolianError(error) }
  }
}
