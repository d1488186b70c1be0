import type { z } from 'zod'
import { passageSetSettings, type PassageSetSettings } from '@/lib/stages/passages/passages'

export type Query = Record<string, unknown>

export const settingFields = ['registers', 'strategy', 'target', 'minimum', 'maximum', 'chapterMaximum', 'limit', 'endings', 'seed'] as const
export type SettingField = (typeof settingFields)[number]

/** What is wrong with one field: the key of its sentence, and the figures in it. */
export type Fault = { field: SettingField; reason: FaultReason; limit: number }
type FaultReason = 'missing' | 'notWhole' | 'tooSmall' | 'tooLarge' | 'minimumOverTarget' | 'targetOverMaximum' | 'chapterUnderMaximum' | 'noRegister' | 'unknown'

/** The fields as they were typed, for the form. */
export type Typed = Record<Exclude<SettingField, 'registers'>, string> & { registers: string[] }

/**
 * The settings that flat, textual fields say (a form's or the URL's), or what is wrong with each. An empty limit takes
 * all passages; `endings` is in percent.
 */
export function readSettings(given: Query): { settings: PassageSetSettings | null; faults: Fault[] } {
  const typed = typedOf(given)
  const { registers, strategy, limit, endings, ...lengths } = typed
  const result = passageSetSettings.safeParse({
    novels: { registers },
    passages: {
      strategy: strategy === '' ? undefined : strategy,
      target: numberOf(lengths.target),
      minimum: numberOf(lengths.minimum),
      maximum: numberOf(lengths.maximum),
      chapterMaximum: numberOf(lengths.chapterMaximum),
      limit: numberOf(limit) ?? null,
      endings: endings === '' ? undefined : Math.round(Number(endings) * 10) / 1000,
      seed: numberOf(lengths.seed),
    },
  })
  if (result.success) return { settings: result.data, faults: [] }
  const faults = new Map<SettingField, Fault>()
  for (const issue of result.error.issues) {
    const fault = faultOf(issue, typed)
    if (fault && !faults.has(fault.field)) faults.set(fault.field, fault)
  }
  return { settings: null, faults: [...faults.values()] }
}

function faultOf(issue: z.core.$ZodIssue, typed: Typed): Fault | null {
  const field = settingFields.find((name) => issue.path.includes(name))
  if (!field) return null
  // A share is stored as it is and typed in percent.
  const shown = (limit: number | bigint) => (field === 'endings' ? Number(limit) * 100 : Number(limit))
  if (field === 'registers') return { field, reason: issue.code === 'too_small' ? 'noRegister' : 'unknown', limit: 0 }
  switch (issue.code) {
    case 'too_small':
      return { field, reason: 'tooSmall', limit: shown(issue.minimum) }
    case 'too_big':
      return { field, reason: 'tooLarge', limit: shown(issue.maximum) }
    case 'custom':
      return { field, reason: field === 'minimum' ? 'minimumOverTarget' : field === 'maximum' ? 'targetOverMaximum' : 'chapterUnderMaximum', limit: 0 }
    case 'invalid_type':
      return { field, reason: typed[field] === '' ? 'missing' : 'notWhole', limit: 0 }
    default:
      return { field, reason: 'unknown', limit: 0 }
  }
}

/** What was typed into each field; of a name that comes twice only registers are a list. */
export function typedOf(given: Query): Typed {
  const text = (name: SettingField) => {
    const value = given[name]
    return typeof value === 'string' ? value.trim() : ''
  }
  const { registers } = given
  const list = Array.isArray(registers) ? registers : [registers]
  return {
    registers: list.filter((each) => typeof each === 'string'),
    strategy: text('strategy'), target: text('target'), minimum: text('minimum'), maximum: text('maximum'), chapterMaximum: text('chapterMaximum'),
    limit: text('limit'), endings: text('endings'), seed: text('seed'),
  }
}

function numberOf(text: string): number | undefined {
  return text === '' ? undefined : Number(text)
}

/** The fields that say these settings. */
export function fieldsOf({ novels, passages }: PassageSetSettings): Typed {
  const { strategy, target, minimum, maximum, chapterMaximum, limit, endings, seed } = passages
  return {
    registers: [...novels.registers],
    strategy,
    target: String(target), minimum: String(minimum), maximum: String(maximum), chapterMaximum: String(chapterMaximum),
    limit: limit === null ? '' : String(limit),
    endings: String(Math.round(endings * 1000) / 10),
    seed: String(seed),
  }
}

/** The URL's query for these settings. */
export function queryOf(settings: PassageSetSettings): string {
  const { registers, ...rest } = fieldsOf(settings)
  const query = new URLSearchParams(registers.map((register) => ['registers', register]))
  for (const [name, value] of Object.entries(rest)) if (value !== '') query.set(name, value)
  return query.toString()
}
