import { db, type Tx } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { Prisma, type Chapter, type Revision, type RevisionKind } from '@/lib/generated/prisma/client'
import { chapterMeasures } from '@/lib/text/chapter-measures'
import { prevailingRegister, registerOf, registerWithin } from '@/lib/text/register'

/** A chapter that a revision makes; `place` says where it stands among the others. */
export type MadeChapter = Pick<Chapter, 'heading' | 'headingEvidence' | 'text' | 'place' | 'taking' | 'role' | 'registerByPerson'>

type Change = { novelId: number; kind: RevisionKind; what: Prisma.InputJsonObject; runId?: string; replaces: readonly number[]; makes: readonly MadeChapter[] }

const rowsAtOnce = 100
// Below every real ordinal: where a chapter waits until all of the novel's are counted anew.
const waitingOrdinal = -1_000_000_000

/**
 * Replaces active chapters of a novel by new ones; the replaced keep their rows and passages. Two revisions of one
 * novel follow each other. Throws `chapter.changed` when one of those to be replaced is no longer active.
 */
export async function revise(tx: Tx, change: Change): Promise<Revision> {
  await lockNovel(tx, change.novelId)
  const { novelId, kind, what, runId } = change
  const revision = await tx.revision.create({ data: { novelId, kind, what, runId: runId ?? null } })
  const replaced = await tx.chapter.updateMany({
    where: { id: { in: [...change.replaces] }, novelId, active: true },
    data: { active: false, replacedById: revision.id },
  })
  if (replaced.count !== change.replaces.length) throw new MolianError('chapter.changed')
  const prevailing = prevailingRegister(
    (await tx.chapter.findMany({ where: { novelId, OR: [{ active: true }, { replacedById: revision.id }] }, select: { measuredRegister: true, characters: true } })).map(
      ({ measuredRegister, characters }) => ({ register: measuredRegister, characters }),
    ),
  )
  for (let at = 0; at < change.makes.length; at += rowsAtOnce) {
    await tx.chapter.createMany({
      data: change.makes.slice(at, at + rowsAtOnce).map((chapter, index) => {
        const evidence = registerOf(chapter.text)
        const measures = chapterMeasures(chapter.text, { ...evidence, register: registerWithin(evidence, prevailing) })
        return { ...chapter, ...measures, novelId, ordinal: waitingOrdinal + at + index, madeById: revision.id }
      }),
    })
  }
  await countAnew(tx, novelId)
  return revision
}

/**
 * Makes the chapters that a revision replaced active again. Throws `revision.stands` while a later revision stands on
 * what it made, `revision.undone` when it has been undone already.
 */
export async function undoRevision(projectId: string, revisionId: number): Promise<Revision> {
  return db().$transaction((tx) => undo(tx, projectId, revisionId))
}

export async function undo(tx: Tx, projectId: string, revisionId: number): Promise<Revision> {
  const revision = await tx.revision.findFirst({ where: { id: revisionId, novel: { projectId } } })
  if (!revision) throw new MolianError('run.missing', { what: 'revision' })
  await lockNovel(tx, revision.novelId)
  const undone = await tx.revision.updateMany({ where: { id: revisionId, undoneAt: null }, data: { undoneAt: new Date() } })
  if (undone.count === 0) throw new MolianError('revision.undone')
  if ((await tx.chapter.count({ where: { madeById: revisionId, active: false } })) > 0) throw new MolianError('revision.stands')
  await tx.chapter.updateMany({ where: { madeById: revisionId }, data: { active: false } })
  await tx.$executeRaw`
    UPDATE chapter SET active = true, replaced_by_id = NULL, ordinal = ${waitingOrdinal}::int - ordinal WHERE replaced_by_id = ${revisionId}::int`
  await countAnew(tx, revision.novelId)
  return revision
}

export type RevisionEntry = Revision & { replaced: number; made: number; /** Whether no later revision stands on it. */ last: boolean }

/** A novel's revisions, newest first, those that were undone too. */
export async function listRevisions(novelId: number): Promise<RevisionEntry[]> {
  const revisions = await db().revision.findMany({
    where: { novelId },
    orderBy: { id: 'desc' },
    include: { _count: { select: { made: true, replaced: true } }, made: { where: { active: false }, take: 1, select: { id: true } } },
  })
  return revisions.map(({ _count, made, ...revision }) => ({
    ...revision,
    made: _count.made,
    replaced: _count.replaced,
    last: revision.undoneAt === null && made.length === 0,
  }))
}

async function lockNovel(tx: Tx, novelId: number): Promise<void> {
  await tx.$queryRaw`SELECT id FROM novel WHERE id = ${novelId}::int FOR UPDATE`
}

/** Ordinals by place, and the novel's characters. In two steps, because the index of ordinals looks at every row on its way. */
async function countAnew(tx: Tx, novelId: number): Promise<void> {
  await tx.$executeRaw`
    WITH placed AS (SELECT id, (row_number() OVER (ORDER BY place, ordinal) - 1)::int AS at FROM chapter WHERE novel_id = ${novelId}::int AND active)
    UPDATE chapter c SET ordinal = -1 - placed.at FROM placed WHERE c.id = placed.id AND c.ordinal <> placed.at`
  await tx.$executeRaw`UPDATE chapter SET ordinal = -1 - ordinal WHERE novel_id = ${novelId}::int AND active AND ordinal < 0`
  await tx.$executeRaw`
    UPDATE novel SET characters = (SELECT coalesce(sum(characters), 0) FROM chapter WHERE novel_id = ${novelId}::int AND active) WHERE id = ${novelId}::int`
}
