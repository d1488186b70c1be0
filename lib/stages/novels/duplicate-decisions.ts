import { z } from 'zod'
import { db, type Tx } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import { Prisma, type DuplicateLevel } from '@/lib/generated/prisma/client'
import { subjectsOf } from '@/lib/stages/novels/duplicate-subjects'

/** Which text of a group stays: the first in reading order, or the longest (of equals the first). */
export const keeperSchema = z.enum(['first', 'longest'])
export type Keeper = z.infer<typeof keeperSchema>

type Chosen = { level: DuplicateLevel; groups: { id: number; keep: number }[] }

/** Keeps the member of this ordinal and leaves the others of the group out. Throws `run.missing`. */
export async function keepOne(projectId: string, groupId: number, keep: number): Promise<void> {
  await decide(projectId, async (tx) => {
    const group = await groupOf(tx, projectId, groupId)
    if ((await tx.duplicateMember.count({ where: { groupId, ordinal: keep } })) === 0) throw missing()
    await goBack(tx, group.level, [groupId])
    await leaveOut(tx, { level: group.level, groups: [{ id: groupId, keep }] })
  })
}

/** Says that the texts of a group all stay: they are no duplicates to this person. Throws `run.missing`. */
export async function keepAll(projectId: string, groupId: number): Promise<void> {
  await decide(projectId, async (tx) => {
    const group = await groupOf(tx, projectId, groupId)
    await goBack(tx, group.level, [groupId])
    await tx.duplicateGroup.update({ where: { id: groupId }, data: { decision: 'all_kept', decidedAt: new Date() } })
  })
}

/** Takes the decision on a group back: whatever it left out is as it was before. Throws `run.missing`. */
export async function undoDecision(projectId: string, groupId: number): Promise<void> {
  await decide(projectId, async (tx) => {
    const group = await groupOf(tx, projectId, groupId)
    await goBack(tx, group.level, [groupId])
  })
}

/** Decides every group of the level that is undecided and not within another; returns how many. */
export async function keepOneOfEach(projectId: string, searchId: string, level: DuplicateLevel, keeper: Keeper): Promise<number> {
  return decide(projectId, async (tx) => {
    const order = keeper === 'longest' ? Prisma.sql`m.characters DESC, m.ordinal` : Prisma.sql`m.ordinal`
    const groups = await tx.$queryRaw<{ id: number; keep: number }[]>`
      SELECT DISTINCT ON (g.id) g.id, m.ordinal AS keep FROM duplicate_group g JOIN duplicate_search s ON s.id = g.duplicate_search_id
      JOIN duplicate_member m ON m.group_id = g.id
      WHERE s.project_id = ${projectId}::uuid AND s.id = ${searchId}::uuid AND g.level::text = ${level} AND g.decision = 'undecided' AND NOT g.within
      ORDER BY g.id, ${order}`
    await leaveOut(tx, { level, groups })
    return groups.length
  })
}

/** Takes back the decisions that were made at once, last of all on this level; returns how many groups they were. */
export async function undoLastDecision(projectId: string, searchId: string, level: DuplicateLevel): Promise<number> {
  return decide(projectId, async (tx) => {
    const groups = await tx.$queryRaw<{ id: number }[]>`
      SELECT g.id FROM duplicate_group g JOIN duplicate_search s ON s.id = g.duplicate_search_id
      WHERE s.project_id = ${projectId}::uuid AND s.id = ${searchId}::uuid AND g.level::text = ${level} AND g.decided_at = (
        SELECT max(decided_at) FROM duplicate_group WHERE duplicate_search_id = ${searchId}::uuid AND level::text = ${level})`
    await goBack(tx, level, groups.map(({ id }) => id))
    return groups.length
  })
}

async function decide<T>(projectId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db().$transaction(async (tx) => {
    // One decision at a time in a project, so that what a text was before is what it was before.
    await tx.$queryRaw`SELECT 1 FROM project WHERE id = ${projectId}::uuid FOR UPDATE`
    const result = await work(tx)
    await announce(tx, { project: projectId, topic: 'duplicates', id: projectId })
    return result
  })
}

async function groupOf(tx: Tx, projectId: string, groupId: number): Promise<{ level: DuplicateLevel }> {
  const group = await tx.duplicateGroup.findFirst({ where: { id: groupId, duplicateSearch: { projectId } }, select: { level: true } })
  if (!group) throw missing()
  return group
}

function missing(): MolianError {
  return new MolianError('run.missing', { what: 'duplicate group' })
}

async function leaveOut(tx: Tx, { level, groups }: Chosen): Promise<void> {
  const ids = groups.map(({ id }) => id)
  await tx.$executeRaw`
    UPDATE duplicate_member m SET left_out = m.ordinal <> chosen.keep
    FROM unnest(${ids}::int[], ${groups.map(({ keep }) => keep)}::int[]) AS chosen(id, keep) WHERE m.group_id = chosen.id`
  const about = subjectsOf(level, ids)
  if (about) {
    const { table, column, subjects } = about
    await tx.$executeRaw`
      UPDATE duplicate_member m SET taking_before = t.taking FROM ${table} t
      WHERE t.id = m.${column} AND m.group_id = ANY(${ids}::int[]) AND (m.left_out OR t.taking = 'left_out')`
    await tx.$executeRaw`
      WITH RECURSIVE ${subjects}
      UPDATE ${table} t SET taking = CASE WHEN subject.left_out THEN 'left_out' ELSE 'by_register' END::"Taking" FROM subject
      WHERE t.id = subject.id AND subject.taking_before IS NOT NULL`
  }
  await tx.duplicateGroup.updateMany({ where: { id: { in: ids } }, data: { decision: 'one_kept', decidedAt: new Date() } })
}

/** What a person changed by hand since then is left alone. */
async function goBack(tx: Tx, level: DuplicateLevel, ids: readonly number[]): Promise<void> {
  const about = subjectsOf(level, ids)
  if (about) {
    const { table, subjects } = about
    await tx.$executeRaw`
      WITH RECURSIVE ${subjects}
      UPDATE ${table} t SET taking = subject.taking_before FROM subject
      WHERE t.id = subject.id AND subject.taking_before IS NOT NULL
        AND t.taking = CASE WHEN subject.left_out THEN 'left_out' ELSE 'by_register' END::"Taking"`
  }
  await tx.duplicateMember.updateMany({ where: { groupId: { in: [...ids] } }, data: { leftOut: false, takingBefore: null } })
  await tx.duplicateGroup.updateMany({ where: { id: { in: [...ids] } }, data: { decision: 'undecided', decidedAt: null } })
}
