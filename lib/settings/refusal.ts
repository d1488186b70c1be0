import { z } from 'zod'
import type { Locale } from '@/lib/error-sentences'

const said = z.object({ refusal: z.object({ en: z.string(), zh: z.string() }) })

/**
 * What a refinement says in both languages, as the params of its issue: whoever parses says it in the reader's.
 * `{name}` stands for what was given for that setting, where an object of settings is refined.
 */
export function refusal(en: string, zh: string): { params: z.infer<typeof said> } {
  return { params: { refusal: { en, zh } } }
}

/** The words of a refinement's issue, with what was given in its places; null where it brought none. */
export function refusalWords(issue: z.core.$ZodRawIssue, locale: Locale): string | null {
  const own = issue.code === 'custom' ? said.safeParse(issue.params) : undefined
  if (!own?.success) return null
  const given = z.record(z.string(), z.unknown()).safeParse(issue.input).data ?? {}
  return own.data.refusal[locale].replace(/\{(\w+)\}/g, (place, name: string) => (name in given ? String(given[name]) : place))
}
