import type { z } from 'zod'
import type { Locale } from '@/lib/error-sentences'
import { fieldAt, type Field } from '@/lib/settings/field-at'
import { refusalWords } from '@/lib/settings/refusal'
import { settingNames, type SettingName } from '@/lib/settings/setting-names'

/**
 * What is wrong with a setting, as one sentence: its name, what may stand there with its unit, and what was given. To be
 * given to a parse of `schema` as its `error`. `required` is said of what is missing and has no name.
 */
export function issueWords(schema: z.core.$ZodType, locale: Locale, required?: string): z.core.$ZodErrorMap {
  return (issue) => {
    const path = issue.path ?? []
    if (issue.code === 'unrecognized_keys') return say[locale].unknown(issue.keys.map(String))
    const own = refusalWords(issue, locale)
    if (own !== null) return own
    const named = nameOf(path)
    // A fault inside a list is the list's: its entries have no names.
    const inList = typeof path.at(-1) === 'number'
    const isMissing = issue.code === 'invalid_type' && issue.input === undefined
    if (isMissing && !named && required !== undefined) return required
    const field = fieldAt(schema, path)
    const wanted = wantedWords(issue, field, named, locale)
    const given = named?.hidden ? null : givenWords(issue, locale)
    return say[locale].must({ name: named?.[locale] ?? null, wanted, given, isMissing, inList })
  }
}

type Parts = { name: string | null; wanted: string; given: string | null; isMissing: boolean; inList: boolean }

const say = {
  en: {
    unknown: (keys: readonly string[]) => `There is no such setting: ${keys.join(', ')}.`,
    must: ({ name, wanted, given, isMissing, inList }: Parts) => `${name ?? 'This'}${inList ? ': each entry' : ''} must be ${wanted}${isMissing ? '; nothing is given' : given === null ? '' : `, not ${given}`}.`,
  },
  zh: {
    unknown: (keys: readonly string[]) => `没有这项设置：${keys.join('、')}。`,
    must: ({ name, wanted, given, isMissing, inList }: Parts) => `${name === null ? '此项' : `“${name}”`}${inList ? '的每一条' : ''}应为${spaced(wanted)}${isMissing ? '，尚未填写' : given === null ? '' : `，而不是${spaced(given)}`}。`,
  },
}

/** Chinese keeps a space before what is not Chinese; quotes bring their own. */
function spaced(words: string): string {
  return /^[\w-]/.test(words) ? ` ${words}` : words
}

function wantedWords(issue: z.core.$ZodRawIssue, field: Field | null, named: SettingName | null, locale: Locale): string {
  if (!field) return issue.code === 'invalid_format' ? formatWords(issue.format, locale) : other[locale]
  const orNull = field.isNullable ? { en: ', or null', zh: '，或 null' }[locale] : ''
  const unit = named?.unit?.[locale]
  switch (field.type) {
    case 'number':
    case 'integer':
      return range(field, unit, locale) + orNull
    case 'boolean':
      return { en: 'true or false', zh: 'true 或 false' }[locale] + orNull
    case 'array':
      return entries(field, locale) + orNull
    case 'object':
      return { en: 'a group of settings in { }', zh: '一组用 { } 括起的设置' }[locale] + orNull
    case 'string':
      if (field.options.length > 0) return { en: field.options.length === 1 ? '' : 'one of ', zh: field.options.length === 1 ? '' : '其中之一：' }[locale] + field.options.join({ en: ', ', zh: '、' }[locale]) + orNull
      return (issue.code === 'invalid_format' ? formatWords(issue.format, locale) : length(field, locale)) + orNull
  }
}

const other = { en: 'another value', zh: '别的值' }

function formatWords(format: string, locale: Locale): string {
  if (format === 'url') return { en: 'an http or https address', zh: 'http 或 https 地址' }[locale]
  if (format === 'uuid') return { en: 'one of those offered', zh: '列出的一项' }[locale]
  return { en: 'a name of letters, digits and underscores that begins with no digit', zh: '由字母、数字和下划线组成、不以数字开头的名称' }[locale]
}

function range({ type, minimum, maximum, isAbove, isBelow }: Field, unit: string | undefined, locale: Locale): string {
  const [low, high] = [ends(minimum, locale), ends(maximum, locale)]
  const rest = unit ? { en: ` (${unit})`, zh: `（${unit}）` }[locale] : ''
  if (locale === 'en') {
    const from = low === null ? [] : [`${isAbove ? 'above' : 'at least'} ${low}`]
    const to = high === null ? [] : [`${isBelow ? 'below' : 'at most'} ${high}`]
    const between = low !== null && high !== null && !isAbove ? `from ${low} to ${isBelow ? 'below ' : ''}${high}` : [...from, ...to].join(' and ')
    return [type === 'integer' ? 'a whole number' : 'a number', between].filter(Boolean).join(' ') + rest
  }
  const from = low === null ? [] : [`${isAbove ? '大于' : '不小于'} ${low}`]
  const to = high === null ? [] : [`${isBelow ? '小于' : '不超过'} ${high}`]
  const between = low !== null && high !== null && !isAbove ? `${low} 到 ${high}${isBelow ? '（不含）' : ' '}之间` : [...from, ...to].join(' 且') + (low === null && high === null ? '' : ' ')
  return `${between && `${between}的`}${type === 'integer' ? '整数' : '数'}${rest}`
}

function entries({ fewest = 0, most }: Field, locale: Locale): string {
  if (locale === 'en') return most === undefined ? `a list of at least ${fewest}` : `a list of ${fewest > 0 ? `${fewest} to ${most}` : `at most ${most}`}`
  return most === undefined ? `至少 ${fewest} 项的列表` : fewest > 0 ? `${fewest} 到 ${most} 项的列表` : `至多 ${most} 项的列表`
}

function length({ minLength = 0, maxLength }: Field, locale: Locale): string {
  if (maxLength === undefined) return minLength > 0 ? { en: 'text, not empty', zh: '不为空的文字' }[locale] : { en: 'text', zh: '文字' }[locale]
  return { en: `text of ${minLength > 0 ? `${minLength} to ` : 'at most '}${maxLength} characters`, zh: `${minLength > 0 ? `${minLength} 到` : '至多'} ${maxLength} 字的文字` }[locale]
}

/** Bounds that only say which integers can be counted exactly are none. */
function ends(value: number | undefined, locale: Locale): string | null {
  return value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? null : counted(value, locale)
}

const longestQuoted = 40

/** What was given, short enough to be read; null for what says nothing more. */
function givenWords(issue: z.core.$ZodRawIssue, locale: Locale): string | null {
  const given: unknown = issue.code === 'invalid_union' && issue.discriminator !== undefined && isGroup(issue.input) ? issue.input[issue.discriminator] : issue.input
  if (typeof given === 'number') return counted(given, locale)
  if (typeof given === 'string') {
    if (issue.code === 'too_small' && given === '') return null
    if (issue.code === 'too_big') return { en: `${[...given].length}`, zh: `${[...given].length} 字` }[locale]
    return `“${given.length > longestQuoted ? `${[...given].slice(0, longestQuoted).join('')}…` : given}”`
  }
  if (Array.isArray(given)) return issue.code === 'too_big' || issue.code === 'too_small' ? { en: `of ${given.length}`, zh: `${given.length} 项` }[locale] : { en: 'a list', zh: '列表' }[locale]
  if (given === null || typeof given === 'boolean') return String(given)
  return isGroup(given) ? { en: 'a group', zh: '一组设置' }[locale] : null
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function counted(value: number, locale: Locale): string {
  const size = Math.abs(value)
  return Number.isFinite(value) && (size === 0 || (size >= 1e-6 && size < 1e15)) ? new Intl.NumberFormat(locale === 'zh' ? 'zh-CN' : 'en', { maximumFractionDigits: 20, maximumSignificantDigits: 15 }).format(value) : String(value)
}

const names: ReadonlyMap<string, SettingName> = new Map(Object.entries(settingNames))

/** The name of the innermost key that has one of its own; a list's entries go by the list's. */
function nameOf(path: readonly PropertyKey[]): SettingName | null {
  const [last, before] = path.filter((key) => typeof key === 'string').reverse()
  return last === undefined ? null : (names.get(`${before}.${last}`) ?? names.get(last) ?? null)
}
