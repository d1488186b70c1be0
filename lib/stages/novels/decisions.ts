import { db, type Tx } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { type Decision, Prisma } from '@/lib/generated/prisma/client'
import { type ChapterFilter, type ChapterWord, isAboutNovels } from '@/lib/settings/chapter-filter'
import type { NovelSettings } from '@/lib/settings/novels'
import { chosenChapters } from '@/lib/stages/novels/chapter-filter'

/**
 * Puts a person's word on every chapter that a filter names (on the novels themselves where it names whole novels), and
 * keeps what was there before. Throws `decision.none` when the filter names nothing.
 */
export async function decide(projectId: string, filter: ChapterFilter, word: ChapterWord, settings: NovelSettings): Promise<Decision> {
  return db().$transaction(async (tx) => {
    const from = chosenChapters(projectId, filter, settings)
    const [sum] = await tx.$queryRaw<{ chapters: number; novels: number }[]>`SELECT count(*)::int AS chapters, count(DISTINCT n.id)::int AS novels ${from}`
    if (!sum || sum.chapters === 0) throw new MolianError('decision.none')
    const decision = await tx.decision.create({ data: { projectId, filter, word, ...sum } })
    if (isAboutNovels(filter, word)) {
      await tx.$executeRaw`
        INSERT INTO decision_before (decision_id, novel_id, taking, role) SELECT DISTINCT ${decision.id}::int, n.id, n.taking, n.role ${from}`
      await tx.$executeRaw`UPDATE novel SET ${assignment(word)} WHERE id IN (SELECT novel_id FROM decision_before WHERE decision_id = ${decision.id}::int)`
    } else {
      await tx.$executeRaw`
        INSERT INTO decision_before (decision_id, novel_id, chapter_id, taking, role, register_by_person)
        SELECT ${decision.id}::int, n.id, c.id, c.taking, c.role, c.register_by_person ${from}`
      await tx.$executeRaw`UPDATE chapter SET ${assignment(word)} WHERE id IN (SELECT chapter_id FROM decision_before WHERE decision_id = ${decision.id}::int)`
    }
    return decision
  })
}

function assignment(word: ChapterWord): Prisma.Sql {
  switch (word.kind) {
    case 'taking':
      return Prisma.sql`taking = ${word.taking}::"Taking"`
    case 'role':
      return Prisma.sql`role = ${word.role}::"Role"`
    case 'register':
      return Prisma.sql`register_by_person = ${word.register}::"Register"`
  }
}

/** The newest decision that stands: the one that can be undone. */
export async function lastDecision(projectId: string): Promise<Decision | null> {
  return db().decision.findFirst({ where: { projectId, undoneAt: null }, orderBy: { id: 'desc' } })
}

/**
 * Puts back what was there before the last decision. Chapters that a revision has replaced since keep the word they
 * carried over. Throws `decision.undone` when it is undone already or another came after it.
 */
export async function undoDecision(projectId: string, decisionId: number): Promise<void> {
  await db().$transaction(async (tx) => {
    const last = await tx.decision.findFirst({ where: { projectId, undoneAt: null }, orderBy: { id: 'desc' } })
    const undone = await tx.decision.updateMany({ where: { id: decisionId, projectId, undoneAt: null }, data: { undoneAt: new Date() } })
    if (last?.id !== decisionId || undone.count === 0) throw new MolianError('decision.undone')
    await putBack(tx, decisionId)
  })
}

async function putBack(tx: Tx, decisionId: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE novel n SET taking = b.taking, role = b.role FROM decision_before b
    WHERE b.decision_id = ${decisionId}::int AND b.chapter_id IS NULL AND n.id = b.novel_id`
  await tx.$executeRaw`
    UPDATE chapter c SET taking = b.taking, role = b.role, register_by_person = b.register_by_person FROM decision_before b
    WHERE b.decision_id = ${decisionId}::int AND c.id = b.chapter_id`
}
