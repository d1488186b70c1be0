import type { z } from 'zod'
import type { Locale } from '@/lib/error-sentences'

export type Hint = Record<Locale, string>

/** Ties a sentence in both languages to a setting: the form's hint and the config file's comment are the same words. */
export function hinted<T extends z.ZodType>(schema: T, en: string, zh: string): T {
  return schema.meta({ hint: { en, zh } })
}

export function hintOf(schema: z.ZodType): Hint | undefined {
  const hint = schema.meta()?.hint
  if (typeof hint !== 'object' || hint === null || !('en' in hint) || !('zh' in hint)) return undefined
  return { en: String(hint.en), zh: String(hint.zh) }
}
