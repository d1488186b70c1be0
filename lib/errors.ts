import { isNoun, nouns } from '@/lib/error-sentences/nouns'
import { errorSentences, type ErrorCode, type Locale } from '@/lib/error-sentences'

export type ErrorParams = Record<string, string | number>

/**
 * The one error that people see: a code, what it is about, and the cause kept.
 * `message` is the English sentence; `sentence(locale)` gives it in either language.
 */
export class MolianError extends Error {
  override readonly name = 'MolianError'

  constructor(
    readonly code: ErrorCode,
    readonly params: ErrorParams = {},
    options?: { cause?: unknown },
  ) {
    super(sentenceOf(code, params, 'en'), options)
  }

  sentence(locale: Locale): string {
    return sentenceOf(this.code, this.params, locale)
  }
}

/** Fills `{name}` places of the code's sentence; a place without a value stays visible. */
export function sentenceOf(code: ErrorCode, params: ErrorParams, locale: Locale): string {
  return errorSentences[code][locale].replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = params[name]
    if (value === undefined) return place
    // A fault found elsewhere: its code, with its own params beside it.
    if (name === 'problem' && typeof value === 'string' && isErrorCode(value)) return sentenceOf(value, params, locale)
    return name === 'what' && typeof value === 'string' && isNoun(value) ? nouns[value][locale] : String(value)
  })
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorSentences, code)
}

/** Whatever was thrown, as a MolianError: known ones as they are, others as `internal` with the cause kept. */
export function asMolianError(thrown: unknown): MolianError {
  if (thrown instanceof MolianError) return thrown
  const reason = thrown instanceof Error ? thrown.message : String(thrown)
  return new MolianError('internal', { reason }, { cause: thrown })
}
