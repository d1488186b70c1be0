import { db } from '@/lib/db'
import type { DuplicateLevel, DuplicateSearch } from '@/lib/generated/prisma/client'
import { wordUnits } from '@/lib/text/fold'

/** The texts of one level, numbered from 0 in reading order: their ids, lengths in characters, and how to read some of them, folded. */
export type Texts = { ids: number[]; characters: number[]; read(numbers: readonly number[]): Promise<Uint16Array[]> }

type Length = { id: number; characters: number }

/** Whatever is compared at this level: of the project's active chapters, and of the search's passage set. */
export async function textsOfLevel(level: DuplicateLevel, search: DuplicateSearch): Promise<Texts> {
  switch (level) {
    case 'novel':
      return novelTexts(await novels(search.projectId))
    case 'chapter':
      return chapterTexts(await chapters(search.projectId))
    case 'passage':
      return search.passageSetId === null ? texts([], readPassages) : texts(await passages(search.passageSetId), readPassages)
  }
}

/** These novels, each as one text. */
export function novelTexts(lengths: readonly Length[]): Texts {
  return texts(lengths, readNovels)
}

export function chapterTexts(lengths: readonly Length[]): Texts {
  return texts(lengths, readChapters)
}

function texts(lengths: readonly Length[], read: (ids: number[]) => Promise<Map<number, string>>): Texts {
  const ids = lengths.map(({ id }) => id)
  return {
    ids,
    characters: lengths.map(({ characters }) => characters),
    async read(numbers) {
      const wanted = numbers.flatMap((number) => ids[number] ?? [])
      const found = await read(wanted)
      return wanted.map((id) => wordUnits(found.get(id) ?? ''))
    },
  }
}

async function novels(projectId: string): Promise<Length[]> {
  return db().$queryRaw<Length[]>`
    SELECT n.id, sum(c.characters)::int AS characters FROM novel n JOIN chapter c ON c.novel_id = n.id AND c.active
    JOIN upload u ON u.id = n.upload_id AND u.state = 'ready' WHERE n.project_id = ${projectId}::uuid GROUP BY n.id ORDER BY n.id`
}

async function chapters(projectId: string): Promise<Length[]> {
  return db().$queryRaw<Length[]>`
    SELECT c.id, c.characters FROM chapter c JOIN novel n ON n.id = c.novel_id JOIN upload u ON u.id = n.upload_id AND u.state = 'ready'
    WHERE n.project_id = ${projectId}::uuid AND c.active ORDER BY n.id, c.ordinal`
}

async function passages(passageSetId: string): Promise<Length[]> {
  return db().$queryRaw<Length[]>`
    SELECT id, end_at - start_at AS characters FROM passage WHERE passage_set_id = ${passageSetId}::uuid ORDER BY ordinal`
}

async function readNovels(ids: number[]): Promise<Map<number, string>> {
  const rows = await db().chapter.findMany({ where: { novelId: { in: ids }, active: true }, orderBy: { ordinal: 'asc' }, select: { novelId: true, text: true } })
  const parts = new Map<number, string[]>(ids.map((id) => [id, []]))
  for (const { novelId, text } of rows) parts.get(novelId)?.push(text)
  return new Map([...parts].map(([id, all]) => [id, all.join('\n')]))
}

async function readChapters(ids: number[]): Promise<Map<number, string>> {
  const rows = await db().chapter.findMany({ where: { id: { in: ids } }, select: { id: true, text: true } })
  return new Map(rows.map(({ id, text }) => [id, text]))
}

/** Chapter by chapter: PostgreSQL would unpack a whole chapter for each of its passages, and a chapter can be a book. */
async function readPassages(ids: number[]): Promise<Map<number, string>> {
  const rows = await db().passage.findMany({ where: { id: { in: ids } }, select: { id: true, chapterId: true, start: true, end: true }, orderBy: [{ chapterId: 'asc' }, { start: 'asc' }] })
  const byChapter = new Map<number, typeof rows>()
  for (const row of rows) {
    const own = byChapter.get(row.chapterId)
    if (own) own.push(row)
    else byChapter.set(row.chapterId, [row])
  }
  const found = new Map<number, string>()
  for (const [chapterId, own] of byChapter) {
    const { text } = await db().chapter.findUniqueOrThrow({ where: { id: chapterId }, select: { text: true } })
    let start = { unit: 0, point: 0 }
    for (const row of own) {
      start = advanced(text, start, row.start)
      found.set(row.id, text.slice(start.unit, advanced(text, start, row.end).unit))
    }
  }
  return found
}

/** The UTF-16 place of a code point that lies at or after `from`. */
function advanced(text: string, from: { unit: number; point: number }, to: number): { unit: number; point: number } {
  let { unit, point } = from
  for (; point < to && unit < text.length; point++) unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1
  return { unit, point }
}
