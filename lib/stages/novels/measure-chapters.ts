import { db, type Tx } from '@/lib/db'
import { chapterMeasures } from '@/lib/text/chapter-measures'
import { clutterRules } from '@/lib/text/clutter'
import { registerRules, registersOfNovel } from '@/lib/text/register'

const stale = { active: true, OR: [{ clutterRules: { lt: clutterRules } }, { registerRules: { lt: registerRules } }] }

/** Chapters of a project that were measured by older rules, or never looked through. */
export async function countStaleChapters(projectId: string): Promise<number> {
  return db().chapter.count({ where: { ...stale, novel: { projectId, upload: { state: 'ready' } } } })
}

/** Novels with such chapters. */
export async function novelsToMeasure(projectId: string): Promise<number[]> {
  const novels = await db().novel.findMany({ where: { projectId, upload: { state: 'ready' }, chapters: { some: stale } }, select: { id: true }, orderBy: { id: 'asc' } })
  return novels.map(({ id }) => id)
}

/** Measures every active chapter of a novel by the rules as they are now. The texts stay; a person's words stay. */
export async function measureNovel(tx: Tx, novelId: number): Promise<void> {
  const chapters = await tx.chapter.findMany({ where: { novelId, active: true }, select: { id: true, text: true }, orderBy: { ordinal: 'asc' } })
  const registers = registersOfNovel(chapters.map(({ text }) => text))
  for (const [index, { id, text }] of chapters.entries()) {
    const register = registers[index]
    if (register) await tx.chapter.update({ where: { id }, data: chapterMeasures(text, register) })
  }
}
