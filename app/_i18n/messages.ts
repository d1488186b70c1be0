import type { Locale } from '@/app/_i18n/locale'
import en from '@/messages/en'
import zh from '@/messages/zh-CN'

export type Messages = typeof zh
export type Area = keyof Messages

declare module 'use-intl/core' {
  interface AppConfig {
    Locale: Locale
    Messages: Messages
  }
}

// Chinese gives the shape; English that lacks a key does not compile here.
const byLocale: Record<Locale, Messages> = { 'zh-CN': zh, en }

export function messagesOf(locale: Locale): Messages {
  return byLocale[locale]
}
