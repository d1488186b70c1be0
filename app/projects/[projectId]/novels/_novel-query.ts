import { z } from 'zod'
import { chapterFilter, type ChapterFilter } from '@/lib/settings/chapter-filter'

export const sorts = ['file', 'title', 'characters', 'chapters', 'taken', 'clutter'] as const
export type Sort = (typeof sorts)[number]

export type NovelQuery = { filter: ChapterFilter; sort: Sort; down: boolean; page: number }

const view = z.object({
  sort: z.enum(sorts).catch('file'),
  down: z.literal('1').optional().catch(undefined),
  page: z.coerce.number().int().min(1).catch(1),
})

type Searched = Record<string, string | string[] | undefined>

/** The Novels page's view from its URL; what makes no sense there is no condition. */
export function novelQuery(searched: Searched): NovelQuery {
  const filled = Object.fromEntries(Object.entries(searched).filter(([, value]) => typeof value === 'string' && value !== ''))
  const filter: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries(chapterFilter.shape)) {
    const parsed = name === 'novelIds' ? undefined : schema.safeParse(filled[name])
    if (parsed?.success && parsed.data !== undefined) filter[name] = parsed.data
  }
  const { sort, down, page } = view.parse(filled)
  return { filter: chapterFilter.parse(filter), sort, down: down === '1', page }
}

/** The URL of the same view with something changed; the first page unless a page is given. */
export function hrefOf(projectId: string, { filter, sort, down }: NovelQuery, change: { sort?: Sort; down?: boolean; page?: number } = {}): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(filter)) if (typeof value === 'string' || typeof value === 'number') query.set(name, String(value))
  const [by, falling] = [change.sort ?? sort, change.down ?? down]
  if (by !== 'file') query.set('sort', by)
  if (falling) query.set('down', '1')
  if (change.page !== undefined && change.page > 1) query.set('page', String(change.page))
  const text = query.toString()
  return `/projects/${projectId}/novels${text ? `?${text}` : ''}`
}

/** Whether anything is filtered. */
export function isFiltered({ filter }: NovelQuery): boolean {
  return Object.keys(filter).length > 0
}
