import { db } from '@/lib/db'
import { literalPattern } from '@/lib/text/literal-pattern'

const mostPlaces = 5_000

export type FoundInNovel = { total: number; /** Chapter and code points into it, in the order of the novel; at most 5,000. */ places: [chapterId: number, at: number][] }

/** Every place of some words in a novel's stored text; letters are found in either case. */
export async function findInNovel(novelId: number, words: string): Promise<FoundInNovel> {
  const pattern = literalPattern(words)
  if (!pattern) return { total: 0, places: [] }
  const chapters = await db().$queryRaw<{ id: number; text: string }[]>`
    SELECT id, text FROM chapter WHERE novel_id = ${novelId}::int AND active
      AND (strpos(text, ${words}) > 0 OR (${/\p{L}/u.test(words) && words.toLowerCase() !== words.toUpperCase()}::bool AND strpos(lower(text), lower(${words})) > 0)) ORDER BY ordinal`
  const found: FoundInNovel = { total: 0, places: [] }
  for (const { id, text } of chapters) {
    let [unit, point] = [0, 0]
    for (const match of text.matchAll(pattern)) {
      found.total += 1
      if (found.places.length >= mostPlaces) continue
      for (; unit < match.index; unit += 1) if (!isLow(text.charCodeAt(unit))) point += 1
      found.places.push([id, point])
    }
  }
  return found
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}
