'use server'

import { cookies } from 'next/headers'
import { z } from 'zod'
import { guardAction } from '@/app/_guard/guard-action'
import { localeCookie, locales } from '@/app/_i18n/locale'

const year = 365 * 24 * 3600

/** Remembers the reader's language in a cookie; the page is drawn again in it. */
export async function setLocale(locale: unknown): Promise<void> {
  await guardAction()
  const chosen = z.enum(locales).parse(locale)
  const jar = await cookies()
  jar.set(localeCookie, chosen, { maxAge: year, sameSite: 'strict', path: '/' })
}
