import { z } from 'zod'
import { outcomeFilter, type OutcomeFilter } from '@/lib/stages/premises/outcomes'

const pageNumber = z.coerce.number().int().min(1).catch(1)

export type OutcomeQuery = OutcomeFilter & { page: number }

/** What the address says about the outcomes that are shown; what it does not say right is as if unsaid. */
export function outcomeQueryOf(given: Record<string, string | string[] | undefined>): OutcomeQuery {
  return { ...outcomeFilter.parse(given), page: pageNumber.parse(given.page) }
}

/** The address of a run's page with another view; another filter begins at its first page. */
export function outcomeHref(here: string, now: OutcomeQuery, change: Partial<OutcomeQuery>): string {
  const next = { ...now, page: 1, ...change }
  const query = new URLSearchParams()
  for (const name of ['outcome', 'flaw', 'style', 'score', 'order'] as const) if (next[name] !== null) query.set(name, String(next[name]))
  if (next.page > 1) query.set('page', String(next.page))
  const text = query.toString()
  return text ? `${here}?${text}` : here
}
