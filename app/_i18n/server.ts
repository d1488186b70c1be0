import { cookies } from 'next/headers'
import { cache } from 'react'
import { createFormatter, createTranslator } from 'use-intl/core'
import { type Locale, localeCookie, readLocale } from '@/app/_i18n/locale'
import { type Area, messagesOf } from '@/app/_i18n/messages'

/** The reader's language, from the cookie. */
export const getLocale = cache(async (): Promise<Locale> => readLocale((await cookies()).get(localeCookie)?.value))

/** The words of one area in the reader's language: `const t = await getTranslator('novels')`. */
export async function getTranslator<A extends Area>(namespace: A) {
  const locale = await getLocale()
  return createTranslator({ locale, messages: messagesOf(locale), namespace })
}

/** Numbers and dates in the reader's language: `(await getFormatter()).number(7412)`. */
export async function getFormatter() {
  return createFormatter({ locale: await getLocale() })
}
