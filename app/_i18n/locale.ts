import type { Locale as ErrorLocale } from '@/lib/error-sentences'

export const locales = ['zh-CN', 'en'] as const
export type Locale = (typeof locales)[number]

export const localeCookie = 'molian-locale'

/** The language a cookie asks for; Chinese when it asks for none that we have. */
export function readLocale(value: string | undefined): Locale {
  return locales.find((locale) => locale === value) ?? 'zh-CN'
}

/** The name `lib/errors` has for a language of the studio. */
export function errorLocale(locale: Locale): ErrorLocale {
  return locale === 'en' ? 'en' : 'zh'
}
