import type { PoolClient } from 'pg'
import { codePoints } from '@/lib/text/counts'
import { placesOf, type SearchQuery } from '@/lib/text/search-query'

/** A place of a hit: its start in code points of the chapter, its length, and the line around it in pieces. */
export type Context = { at: number; length: number; pieces: { text: string; isHit: boolean }[] }

/** How often the query stands in a chapter (`isWhole`: nowhere else in it), and its first places. */
export type ContextsOfChapter = { count: number; isWhole: boolean; contexts: Context[] }

/** Places of a chapter that are shown, and characters before and after each. */
const mostContexts = 4
const around = 36

/** Blocks of one page of chapters that are read: counts beyond are not whole. */
const mostBlocks = 600

type Block = { chapter_id: number; start_at: number; end_at: number; text: string; original: string | null; blocks: number }

/** Of each chapter how often the query stands in it, and the first places with what is around them. */
export async function contextsOf(client: PoolClient, query: SearchQuery, chapterIds: readonly number[]): Promise<Map<number, ContextsOfChapter>> {
  const found = new Map<number, ContextsOfChapter>()
  if (chapterIds.length === 0) return found
  const { rows } = await client.query<Block>(
    `SELECT chapter_id, start_at, end_at, text, original, blocks FROM (
      SELECT *, count(*) OVER (PARTITION BY chapter_id)::int AS blocks, row_number() OVER (PARTITION BY chapter_id ORDER BY ordinal) AS place
      FROM search_block WHERE chapter_id = ANY($1::int[]) AND (SELECT bool_and(strpos(text, term) > 0) FROM unnest($2::text[]) AS term)) b
    WHERE place <= $3 ORDER BY chapter_id, start_at`,
    [chapterIds, query.terms, Math.ceil(mostBlocks / chapterIds.length)],
  )
  for (const block of rows) {
    const chapter = found.get(block.chapter_id) ?? { count: 0, isWhole: true, contexts: [] }
    found.set(block.chapter_id, chapter)
    if (block.blocks > Math.ceil(mostBlocks / chapterIds.length)) chapter.isWhole = false
    const places = placesOf(query.terms, block.text)
    let [unit, point] = [0, block.start_at]
    for (const [which, { from, to }] of places.entries()) {
      point += codePoints(block.text.slice(unit, from))
      unit = from
      // What begins in the overlap belongs to the next block.
      if (point >= block.end_at) break
      chapter.count += 1
      if (chapter.contexts.length < mostContexts && !isNear(chapter.contexts.at(-1), point)) {
        chapter.contexts.push({ at: point, length: codePoints(block.text.slice(from, to)), pieces: piecesAround(block.original ?? block.text, places, which) })
      }
    }
  }
  return found
}

/** The place already stands in the line around the one before. */
function isNear(before: Context | undefined, at: number): boolean {
  return before !== undefined && at < before.at + before.length + around
}

/** A line of the original around a place, other places in it marked as well. */
function piecesAround(text: string, places: readonly { from: number; to: number }[], which: number): Context['pieces'] {
  const place = places[which]
  if (!place) return []
  const [from, to] = [wholeAt(text, Math.max(0, place.from - around)), wholeAt(text, Math.min(text.length, place.to + around))]
  const pieces: Context['pieces'] = []
  let reached = from
  for (const each of places.filter((other) => other.from >= from && other.to <= to)) {
    pieces.push({ text: shown(text.slice(reached, each.from)), isHit: false }, { text: text.slice(each.from, each.to), isHit: true })
    reached = each.to
  }
  pieces.push({ text: shown(text.slice(reached, to)), isHit: false })
  return pieces.filter((piece) => piece.text !== '')
}

/** Line ends and indents are one space in a line of context. */
function shown(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ')
}

function wholeAt(text: string, at: number): number {
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit <= 0xdfff ? at + 1 : at
}
