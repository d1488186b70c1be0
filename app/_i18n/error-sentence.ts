import { z } from 'zod'
import { errorLocale, type Locale } from '@/app/_i18n/locale'
import { getLocale } from '@/app/_i18n/server'
import { isErrorCode, sentenceOf } from '@/lib/errors'

const paramsSchema = z.record(z.string(), z.union([z.string(), z.number()])).catch({})

/** The sentence for an error that a row holds (code and params), in the reader's language; `text` where the code is unknown. */
export async function errorSentence(code: string | null, params: unknown, text?: string | null): Promise<string> {
  return errorSentenceIn(await getLocale(), code, params, text)
}

/** The same in a language that is known already, where there is no request any more to ask. */
export function errorSentenceIn(locale: Locale, code: string | null, params: unknown, text?: string | null): string {
  if (code !== null && isErrorCode(code)) return sentenceOf(code, paramsSchema.parse(params ?? {}), errorLocale(locale))
  return text ?? code ?? ''
}
