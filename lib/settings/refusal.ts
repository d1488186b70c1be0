import { z } from 'zod'
import type { Locale } from '@/lib/error-sentences'

const said = z.object({ refusal: z.object({ en: z.string(), zh: z.string() }) })

/** What a refinement says in both languages, as the params of its issue: whoever parses says it in the reader's. */
export function refusal(en: string, zh: string): { params: z.infer<typeof said> } {
  return { params: { refusal: { en, zh } } }
}

/** The words for an issue in one language: a refinement's own, else zod's. To be given to a parse as its `error`. */
export function issueWords(locale: Locale): z.core.$ZodErrorMap {
  const { localeError } = locale === 'zh' ? z.locales.zhCN() : z.locales.en()
  return (issue) => {
    const own = issue.code === 'custom' ? said.safeParse(issue.params) : undefined
    return own?.success ? own.data.refusal[locale] : localeError(issue)
  }
}
