import { db } from '@/lib/db'
import type { NovelSettings } from '@/lib/settings/novels'
import { chaptersTaking } from '@/lib/stages/novels/novels'

export type ScopeChapter = { id: number; ordinal: number; heading: string; characters: number }

/** A novel with those of its chapters that take part. */
export type ScopeNovel = { id: number; title: string; characters: number; chapters: ScopeChapter[] }

/** What the passages would be cut from, novel by novel, in order; without the texts. */
export async function passageScope(projectId: string, settings: NovelSettings): Promise<ScopeNovel[]> {
  const taking = await chaptersTaking(projectId, settings)
  type Row = ScopeChapter & { novelId: number; title: string }
  const rows = await db().$queryRaw<Row[]>`
    SELECT c.id, c.ordinal, c.heading, c.characters, n.id AS "novelId", n.title FROM chapter c JOIN novel n ON n.id = c.novel_id
    WHERE c.id = ANY(${taking.map((chapter) => chapter.id)}) ORDER BY n.id, c.ordinal`
  const novels = new Map<number, ScopeNovel>()
  for (const { novelId, title, ...chapter } of rows) {
    const novel = novels.get(novelId) ?? { id: novelId, title, characters: 0, chapters: [] }
    novel.chapters.push(chapter)
    novel.characters += chapter.characters
    novels.set(novelId, novel)
  }
  return [...novels.values()]
}

/** The texts of chapters, in the order of the ids, a few at a time. */
export async function* chapterTexts(ids: readonly number[], piece = 50): AsyncGenerator<{ id: number; text: string }> {
  for (let at = 0; at < ids.length; at += piece) {
    const some = ids.slice(at, at + piece)
    const rows = await db().chapter.findMany({ where: { id: { in: some } }, select: { id: true, text: true } })
    const texts = new Map(rows.map((row) => [row.id, row.text]))
    for (const id of some) {
      const text = texts.get(id)
      if (text !== undefined) yield { id, text }
    }
  }
}
