import type { Tx } from '@/lib/db'
import type { Revision } from '@/lib/generated/prisma/client'
import { kept } from '@/lib/stages/novels/chapters'
import { type MadeChapter, revise } from '@/lib/stages/novels/revisions'
import { simplified, traditionalCharacters } from '@/lib/text/simplify'

/** Writes a novel's traditional characters, those of its headings too, as simplified ones. Null when that changes nothing. */
export async function simplifyNovel(tx: Tx, novelId: number, runId?: string): Promise<Revision | null> {
  const chapters = await tx.chapter.findMany({ where: { novelId, active: true }, orderBy: { ordinal: 'asc' } })
  let characters = 0
  const replaces: number[] = []
  const makes: MadeChapter[] = []
  for (const chapter of chapters) {
    const found = (chapter.traditional ?? traditionalCharacters(chapter.text)) + traditionalCharacters(chapter.heading)
    if (found === 0) continue
    const [text, heading] = [simplified(chapter.text), simplified(chapter.heading)]
    if (text === chapter.text && heading === chapter.heading) continue
    characters += found
    replaces.push(chapter.id)
    makes.push({ ...kept(chapter), text, heading })
  }
  if (replaces.length === 0) return null
  return revise(tx, { novelId, kind: 'simplified', what: { chapters: replaces.length, characters }, replaces, makes, ...(runId === undefined ? {} : { runId }) })
}
