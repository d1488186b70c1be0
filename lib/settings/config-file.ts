import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser'
import type { z } from 'zod'
import { MolianError } from '@/lib/errors'
import type { Locale } from '@/lib/error-sentences'
import { hintOf } from '@/lib/settings/hint'
import { jobSettings, type JobSettings } from '@/lib/settings/job-settings'
import { issueWords } from '@/lib/settings/issue-words'

/** The preset with what a JSON or JSONC file says laid over it. Throws with the file, the line or the field, and why in `locale`. */
export function readConfig(text: string, fileName: string, preset: JobSettings, locale: Locale): JobSettings {
  const faults: ParseError[] = []
  // Some editors begin a file with a byte order mark.
  const given: unknown = parse(text.replace(/^\ufeff/, ' '), faults, { allowTrailingComma: true })
  const fault = faults[0]
  if (fault) {
    const line = text.slice(0, fault.offset).split('\n').length
    throw new MolianError('config.not-json', { file: fileName, line, reason: printParseErrorCode(fault.error) })
  }
  const hidden = hiddenKey(given)
  if (hidden) throw new MolianError('config.bad-field', { file: fileName, field: hidden, reason: unknownKey[locale] })
  const result = jobSettings.safeParse(overlay(preset, given), { error: issueWords(jobSettings, locale) })
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new MolianError('config.bad-field', {
    file: fileName,
    field: issue?.path.join('.') || '(top)',
    reason: [...new Map(result.error.issues.toReversed().map((each) => [each.path.join('.'), each.message])).values()].toReversed().join(' '),
  })
}

const unknownKey = { en: 'there is no such setting', zh: '没有这项设置' }

/** The path of a key __proto__: the parser makes it the object's prototype, where no schema would see it. */
function hiddenKey(given: unknown): string | null {
  if (!isRecord(given)) return null
  if (Object.getPrototypeOf(given) !== Object.prototype) return '__proto__'
  for (const [key, value] of Object.entries(given)) {
    const inside = hiddenKey(value)
    if (inside) return `${key}.${inside}`
  }
  return null
}

/** Objects are merged key by key; a union with another `kind` and everything else is replaced. */
function overlay(base: unknown, given: unknown): unknown {
  if (!isRecord(base) || !isRecord(given)) return given
  if ('kind' in base && 'kind' in given && base.kind !== given.kind) return given
  const merged: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(given)) merged[key] = Object.hasOwn(base, key) ? overlay(base[key], value) : value
  return merged
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A complete JSONC file of `settings`, every field under the comment that its schema carries. */
export function printConfig(settings: JobSettings, locale: Locale): string {
  const lines = printObject(jobSettings, settings, 1, locale)
  return ['{', ...lines, '}', ''].join('\n')
}

function printObject(schema: z.ZodType, value: Record<string, unknown>, depth: number, locale: Locale): string[] {
  const indent = '  '.repeat(depth)
  const entries = Object.entries(value)
  return entries.flatMap(([key, field], index) => {
    const fieldSchema = fieldOf(schema, key, value)
    const hint = fieldSchema && hintOf(fieldSchema)
    const comment = hint ? [`${indent}// ${hint[locale]}`] : []
    const comma = index < entries.length - 1 ? ',' : ''
    if (!isRecord(field)) {
      const json = JSON.stringify(field, null, 2).replaceAll('\n', `\n${indent}`)
      return [...comment, `${indent}${JSON.stringify(key)}: ${json}${comma}`]
    }
    const inner = fieldSchema ? printObject(fieldSchema, field, depth + 1, locale) : []
    return [...comment, `${indent}${JSON.stringify(key)}: {`, ...inner, `${indent}}${comma}`]
  })
}

/** The schema of one field, through refinements and unions (the option whose `kind` the value has). */
function fieldOf(schema: z.ZodType, key: string, value: Record<string, unknown>): z.ZodType | undefined {
  const definition: unknown = Reflect.get(schema, 'def')
  if (!isRecord(definition)) return undefined
  if (isRecord(definition.shape)) return asSchema(definition.shape[key])
  if (!Array.isArray(definition.options)) return undefined
  for (const option of definition.options) {
    const optionSchema = asSchema(option)
    if (optionSchema?.safeParse(value).success) return fieldOf(optionSchema, key, value)
  }
  return undefined
}

function asSchema(value: unknown): z.ZodType | undefined {
  return isSchema(value) ? value : undefined
}

function isSchema(value: unknown): value is z.ZodType {
  return typeof value === 'object' && value !== null && 'safeParse' in value && 'meta' in value
}
