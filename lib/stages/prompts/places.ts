import { db } from '@/lib/db'
import type { PassagePlace } from '@/lib/llm/prompts'
import { isTerminator } from '@/lib/text/marks'

/** A passage as a prompt's variables name it, with its number in its set. */
export type PlacedPassage = PassagePlace & { id: number; ordinal: number }

/** Characters before a passage that {{previous}} has at most. */
const previousCharacters = 400

/** A place without its passage, everything around it as long as it can be: for reckoning how long a question gets. */
export const longestPlace: PassagePlace = { passage: '', title: '题'.repeat(40), chapter: '章'.repeat(40), previous: '前'.repeat(previousCharacters), place: '开头' }

type Row = { id: number; ordinal: number; passage: string; title: string; chapter: string; before: string; start: number; end: number; characters: number }

/** What the variables of a premise prompt stand for, in the order of the ids; passages that are gone are left out. */
export async function promptPlaces(passageIds: readonly number[]): Promise<PlacedPassage[]> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT p.id, p.ordinal, n.title, c.heading AS chapter, p.start_at AS start, p.end_at AS end, c.characters,
      substring(c.text FROM p.start_at + 1 FOR p.end_at - p.start_at) AS passage,
      substring(c.text FROM greatest(p.start_at - ${previousCharacters}::int, 0) + 1 FOR least(p.start_at, ${previousCharacters}::int)) AS before
    FROM passage p JOIN chapter c ON c.id = p.chapter_id JOIN novel n ON n.id = c.novel_id WHERE p.id = ANY(${[...passageIds]})`
  const byId = new Map(rows.map((row) => [row.id, row]))
  return passageIds.flatMap((id) => {
    const row = byId.get(id)
    if (!row) return []
    const { ordinal, passage, title, chapter, before, start, end, characters } = row
    return [{ id, ordinal, passage, title, chapter, previous: start > previousCharacters ? fromSentence(before) : before, place: placeOf(start, end, characters) }]
  })
}

/** Where a range stands in its chapter, in the words that {{place}} gives. */
function placeOf(start: number, end: number, characters: number): string {
  if (start === 0) return end >= characters ? '全章' : '开头'
  return end >= characters ? '结尾' : '中段'
}

/** A text that was cut out of a longer one, from its first whole sentence on; all of it where it has none. */
function fromSentence(text: string): string {
  for (let at = 0; at < text.length - 1; at++) {
    const unit = text.charCodeAt(at)
    if (unit !== 0x0a && !isTerminator(unit)) continue
    const rest = text.slice(at + 1).replace(/^[。！？!?…”’」』）》】\s]+/, '')
    return rest === '' ? text : rest
  }
  return text
}
