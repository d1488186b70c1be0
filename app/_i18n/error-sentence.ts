import { z } from 'zod'
import { getLocale, errorLocale } from '@/app/_i18n/server'
import { isErrorCode, sentenceOf } from '@/lib/errors'

const paramsSchema = z.record(z.string(), z.union([z.string(), z.number()])).catch({})

/** The sentence for an error that a row holds (code and params), in the reader's language; `text` where the code is unknown. */
export async function errorSentence(code: string | null, params: unknown, text?: string | null): Promise<string> {
  const locale = errorLocale(await getLocale())
  if (code !== null && isErrorCode(code)) return sentenceOf(code, paramsSchema.parse(params ?? {}), locale)
  return text ?? code ?? ''
}
