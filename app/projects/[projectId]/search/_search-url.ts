import { z } from 'zod'
import { registers } from '@/lib/settings/novels'

/** What the search page's address says: the words, where to look, and the page. */
export const urlSchema = z.object({
  q: z.string().trim().max(300).catch(''),
  novel: z.coerce.number().int().positive().max(2 ** 31 - 1).optional().catch(undefined),
  register: z.enum(registers).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
})

export type SearchUrl = z.infer<typeof urlSchema>

/** The words as they are told: the quotation marks are the sentence's. */
export function wordsOf({ q }: SearchUrl): string {
  return q.replace(/["“”「」『』]/g, '').trim()
}

/** The address's query of a search; the first page goes without saying. */
export function urlOf({ q, novel, register, page }: SearchUrl): string {
  const params = new URLSearchParams({ q, ...(novel === undefined ? {} : { novel: String(novel) }), ...(register === undefined ? {} : { register }), ...(page > 1 ? { page: String(page) } : {}) })
  return `?${params}`
}
