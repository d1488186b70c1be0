import type { PairReading, TravellingPair } from '@/lib/pair-formats/format'
import type { RecordFault } from '@/lib/text/json-scan'
import { kindOf } from '@/lib/text/records'

export type PairOutcome = { ok: true; pair: TravellingPair } | ({ ok: false } & RecordFault)

type Row = Record<string, unknown>
export type JsonReading = Exclude<PairReading, 'csv'>

/** Which form a record has, by its fields; null where it has none of the known ones. */
export function formatOfRecord(record: Row): JsonReading | null {
  if (Array.isArray(record.messages)) return 'openai'
  if (Array.isArray(record.conversations)) return 'sharegpt'
  if ('output' in record && ('instruction' in record || 'input' in record)) return 'alpaca'
  return named(record, premiseNames) !== undefined && named(record, passageNames) !== undefined ? 'json-lines' : null
}

/** A record in that form as a pair, or why it is none. Further turns and system texts: one question and one answer make a pair. */
export function pairOfRecord(record: Row, format: JsonReading): PairOutcome {
  switch (format) {
    case 'alpaca':
      return alpaca(record, ['instruction', 'input'])
    case 'alpaca-input':
      return alpaca(record, says(record.input) ? ['input'] : ['instruction'])
    case 'sharegpt':
      return dialogue(record, 'conversations', 'from', 'value')
    case 'openai':
      return dialogue(record, 'messages', 'role', 'content')
    case 'json-lines':
      return pairOfFields(record)
  }
}

export const premiseNames = ['premise', 'prompt', 'input', 'instruction', 'question'] as const
export const passageNames = ['passage', 'output', 'completion', 'response', 'answer', 'story', 'text'] as const

/** A flat record: one field that is the premise, one that is the passage, and what it says of split, novel and chapter. */
export function pairOfFields(record: Row): PairOutcome {
  const [premise, passage] = [named(record, premiseNames), named(record, passageNames)]
  if (premise === undefined) return missing('premise')
  if (passage === undefined) return missing('passage')
  const text = (name: string) => (typeof record[name] === 'string' ? record[name] : '')
  const split = text('split')
  return made(record, premise, passage, {
    split: split === 'training' || split === 'train' ? 'training' : split === 'validation' || split === 'eval' ? 'validation' : null,
    novel: text('novel'),
    chapter: text('chapter'),
  })
}

/** Of the premise's fields those that say something are one premise, the instruction first. */
function alpaca(record: Row, premise: readonly ('instruction' | 'input')[]): PairOutcome {
  if (!('output' in record)) return missing('output')
  for (const field of ['instruction', 'input', 'output']) {
    const value = record[field]
    if (value !== undefined && value !== null && typeof value !== 'string') return { ok: false, code: 'record.not-string', params: { field, found: kindOf(value) } }
  }
  const parts = premise.map((field) => record[field]).filter((part) => says(part))
  return made({ premise: parts.join('\n'), passage: record.output }, 'premise', 'passage', plain)
}

function says(text: unknown): boolean {
  return typeof text === 'string' && text.trim() !== ''
}

const plain = { split: null, novel: '', chapter: '' } as const
const asks = new Set(['human', 'user'])
const answers = new Set(['gpt', 'assistant', 'model', 'bot'])

function dialogue(record: Row, list: string, who: string, what: string): PairOutcome {
  const turns = record[list]
  if (!Array.isArray(turns)) return missing(list)
  const said: { from: string; text: unknown }[] = turns.filter(isRow).map((turn) => ({ from: String(turn[who]), text: turn[what] }))
  const spoken = said.filter(({ from }) => from !== 'system')
  const [question, answer] = spoken
  if (spoken.length !== 2 || !question || !answer || !asks.has(question.from) || !answers.has(answer.from)) return { ok: false, code: 'pairs.turns', params: { found: spoken.map(({ from }) => from).join(', ').slice(0, 100) } }
  return made({ [question.from]: question.text, [answer.from]: answer.text }, question.from, answer.from, plain)
}

function made(record: Row, premiseName: string, passageName: string, rest: Omit<TravellingPair, 'premise' | 'passage'>): PairOutcome {
  for (const field of [premiseName, passageName]) {
    const value = record[field]
    if (typeof value !== 'string') return { ok: false, code: 'record.not-string', params: { field, found: kindOf(value) } }
    if (value.trim() === '') return { ok: false, code: 'record.empty-text', params: { field } }
  }
  return { ok: true, pair: { premise: String(record[premiseName]), passage: String(record[passageName]), ...rest } }
}

function named(record: Row, names: readonly string[]): string | undefined {
  return names.find((name) => Object.hasOwn(record, name))
}

function missing(field: string): PairOutcome {
  return { ok: false, code: 'record.missing-field', params: { field } }
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
