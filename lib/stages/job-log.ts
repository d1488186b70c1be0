import { z } from 'zod'
import { db } from '@/lib/db'
import type { Locale } from '@/lib/error-sentences'
import { Prisma } from '@/lib/generated/prisma/client'

/** A line; `text` is in the reader's language where it is a sentence for people, else as it was printed. */
export type LogRow = { id: number; source: string; text: string; at: Date }

/** Most lines that are read at once. */
export const mostLines = 500

/** How far a log had been counted: so many lines up to the line of this id. */
export const logExtent = z.object({ total: z.coerce.number().int().min(0).max(2 ** 31 - 1).default(0), lastId: z.coerce.number().int().min(0).max(2 ** 31 - 1).default(0) })
export type LogExtent = z.infer<typeof logExtent>

export const logPlace = z.object({ from: z.coerce.number().int().min(0).max(2 ** 31 - 1), take: z.coerce.number().int().min(1).max(mostLines) })

const columns = { id: true, source: true, text: true, chinese: true, at: true } as const

function rowIn(locale: Locale, { chinese, text, ...row }: LogRow & { chinese: string | null }): LogRow {
  return { ...row, text: locale === 'zh' ? (chinese ?? text) : text }
}

/** How many lines a job's log has; what was counted before is not counted again, for lines are only ever added. */
export async function countLog(jobId: string, known: LogExtent = { total: 0, lastId: 0 }): Promise<LogExtent> {
  const { _count, _max } = await db().logLine.aggregate({ where: { jobId, id: { gt: known.lastId } }, _count: true, _max: { id: true } })
  return { total: known.total + _count, lastId: _max.id ?? known.lastId }
}

/** Lines of a job's log by their place in it, counted from 0, of those that the extent holds; looked for from the nearer end. */
export async function readLogLines(jobId: string, { from, take }: z.infer<typeof logPlace>, { total, lastId }: LogExtent, locale: Locale = 'en'): Promise<LogRow[]> {
  const count = Math.min(take, total - from)
  if (count <= 0) return []
  const rowOf = (row: LogRow & { chinese: string | null }) => rowIn(locale, row)
  if (from < total / 2) return (await db().logLine.findMany({ where: { jobId }, orderBy: { id: 'asc' }, skip: from, take: count, select: columns })).map(rowOf)
  const rows = await db().logLine.findMany({ where: { jobId, id: { lte: lastId } }, orderBy: { id: 'desc' }, skip: total - from - count, take: count, select: columns })
  return rows.reverse().map(rowOf)
}

export const logSearch = z.object({
  text: z.string().min(1).max(200),
  /** The place from which on (or back) the nearest match is looked for; past an end it goes on from the other. */
  from: z.coerce.number().int().min(0).max(2 ** 31 - 1).default(0),
  towards: z.enum(['later', 'earlier']).default('later'),
})

export type LogMatches = { count: number; match: { place: number; number: number } | null }

/** How many lines of a job's log have a text in them, in capitals or not, and the nearest: its place, and which of the matches it is, from 1. */
export async function searchLog(jobId: string, search: z.input<typeof logSearch>, locale: Locale = 'en'): Promise<LogMatches> {
  const { text, from, towards } = logSearch.parse(search)
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
  const rows = await db().$queryRaw<{ place: number; number: number; count: number }[]>`
    WITH line AS (SELECT row_number() OVER (ORDER BY id) - 1 AS place, ${locale === 'zh' ? Prisma.sql`coalesce(chinese, text)` : Prisma.sql`text`} AS text FROM log_line WHERE job_id = ${jobId}::uuid),
      hit AS (SELECT place, row_number() OVER (ORDER BY place) AS number, count(*) OVER () AS count FROM line WHERE text ILIKE ${pattern})
    SELECT place::int, number::int, count::int FROM hit
    ORDER BY CASE WHEN ${towards} = 'later' THEN place < ${from} ELSE place > ${from} END, CASE WHEN ${towards} = 'later' THEN place ELSE -place END
    LIMIT 1`
  const [nearest] = rows
  return nearest ? { count: nearest.count, match: { place: nearest.place, number: nearest.number } } : { count: 0, match: null }
}

/** The whole log as text, a line of it a line: when, by whom, what; read a piece at a time. */
export async function* logAsText(jobId: string, locale: Locale = 'en'): AsyncGenerator<string> {
  for (let after = 0; ; ) {
    const rows = await db().logLine.findMany({ where: { jobId, id: { gt: after } }, orderBy: { id: 'asc' }, take: 5_000, select: columns })
    const last = rows.at(-1)
    if (!last) return
    yield rows.map((row) => rowIn(locale, row)).map(({ at, source, text }) => `${at.toISOString()} ${source} ${text}\n`).join('')
    after = last.id
  }
}
