import type { PoolClient } from 'pg'
import type { Register } from '@/lib/generated/prisma/client'
import { withClient } from '@/lib/pooled-client'
import { contextsOf, type Context, type ContextsOfChapter } from '@/lib/stages/search/contexts'
import type { SearchQuery } from '@/lib/text/search-query'

export type SearchFilter = { novelId?: number; register?: Register }

export type ChapterHits = {
  novelId: number
  novel: string
  chapterId: number
  heading: string
  ordinal: number
  register: Register
  /** Places in the chapter; of a very long chapter those in its first blocks. */
  count: number
  isCountWhole: boolean
  contexts: Context[]
}

export type SearchResult = {
  /** Chapters that have it, and whether that is all: of very many the first are told. */
  chapters: number
  isWhole: boolean
  novels: { id: number; title: string; chapters: number }[]
  hits: ChapterHits[]
}

/** Blocks whose texts are read to verify a phrase; what else the index offers is not looked at. */
const mostVerified = 4_000

type Row = { novel_id: number; title: string; chapter_id: number; heading: string; ordinal: number; register: Register; offered: number }

/**
 * Finds a query in the active chapters of a project. The index gives the blocks that have all of its characters and
 * pairs; then every block is read, and only one that has each phrase as it was asked for counts. A page of chapters in
 * reading order, each with its first places.
 */
export async function searchLibrary(projectId: string, query: SearchQuery, filter: SearchFilter, page: { take: number; skip: number }): Promise<SearchResult> {
  return withClient(async (client) => {
    await client.query('BEGIN READ ONLY')
    try {
      // The planner does not know that reading a row's integers costs more than the index does, and would rather read them all.
      await client.query('SET LOCAL enable_seqscan = off')
      const rows = await chaptersWith(client, projectId, query, filter)
      const pageRows = rows.slice(page.skip, page.skip + page.take)
      const contexts = await contextsOf(client, query, pageRows.map((row) => row.chapter_id))
      return {
        chapters: rows.length,
        isWhole: query.isExactInIndex || (rows[0]?.offered ?? 0) <= mostVerified,
        novels: novelsOf(rows),
        hits: pageRows.map((row) => hitsOf(row, contexts.get(row.chapter_id))),
      }
    } finally {
      await client.query('ROLLBACK').catch(() => {})
    }
  })
}

function hitsOf(row: Row, found: ContextsOfChapter | undefined): ChapterHits {
  return {
    novelId: row.novel_id,
    novel: row.title,
    chapterId: row.chapter_id,
    heading: row.heading,
    ordinal: row.ordinal,
    register: row.register,
    count: found?.count ?? 0,
    isCountWhole: found?.isWhole ?? true,
    contexts: found?.contexts ?? [],
  }
}

async function chaptersWith(client: PoolClient, projectId: string, query: SearchQuery, { novelId, register }: SearchFilter): Promise<Row[]> {
  // What the index says stands alone in its own part of the statement, so that no other condition is tried first.
  const { rows } = await client.query<Row>(
    `WITH indexed AS MATERIALIZED (SELECT chapter_id, ordinal, novel_id, project_id, text FROM search_block WHERE grams @> $2::int[]),
      offered AS MATERIALIZED (
        SELECT i.chapter_id, i.text, count(*) OVER ()::int AS offered, row_number() OVER (ORDER BY i.novel_id, i.chapter_id, i.ordinal) AS place
        FROM indexed i JOIN chapter c ON c.id = i.chapter_id AND c.active
        WHERE i.project_id = $1::uuid AND ($3::int IS NULL OR i.novel_id = $3) AND ($4::text IS NULL OR coalesce(c.register_by_person, c.measured_register)::text = $4)),
      verified AS (
        SELECT chapter_id, max(offered) AS offered FROM offered
        WHERE $5 OR (place <= $6 AND (SELECT bool_and(strpos(text, term) > 0) FROM unnest($7::text[]) AS term)) GROUP BY chapter_id)
    SELECT n.id AS novel_id, n.title, c.id AS chapter_id, c.heading, c.ordinal, coalesce(c.register_by_person, c.measured_register) AS register, v.offered
    FROM verified v JOIN chapter c ON c.id = v.chapter_id JOIN novel n ON n.id = c.novel_id ORDER BY n.id, c.ordinal`,
    [projectId, query.grams, novelId ?? null, register ?? null, query.isExactInIndex, mostVerified, query.terms],
  )
  return rows
}

function novelsOf(rows: readonly Row[]): SearchResult['novels'] {
  const novels = new Map<number, { id: number; title: string; chapters: number }>()
  for (const { novel_id: id, title } of rows) {
    const novel = novels.get(id)
    if (novel) novel.chapters += 1
    else novels.set(id, { id, title, chapters: 1 })
  }
  return [...novels.values()]
}
