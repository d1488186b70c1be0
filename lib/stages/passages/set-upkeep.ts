import { db } from '@/lib/db'
import { announce } from '@/lib/events'
import { MolianError } from '@/lib/errors'
import { refuseTakenName } from '@/lib/stages/passages/set-name'

/** Gives a set another label, or none; what it holds stays as it was cut. */
export async function renamePassageSet(projectId: string, id: string, name: string | null): Promise<void> {
  await db().$transaction(async (tx) => {
    if (name !== null) await refuseTakenName(tx, projectId, name, id)
    const { count } = await tx.passageSet.updateMany({ where: { id, projectId }, data: { name } })
    if (count === 0) throw new MolianError('run.missing', { what: 'passage set' })
    await announce(tx, { project: projectId, topic: 'passages', id })
  })
}

export type SetDependents = { premiseRuns: number; trials: number; duplicateSearches: number }

/** What was made from each of a project's sets: premise runs keep it from being deleted, the others would go with it. */
export async function dependentsOfSets(projectId: string): Promise<Map<string, SetDependents>> {
  const sets = await db().passageSet.findMany({
    where: { projectId },
    select: { id: true, _count: { select: { premiseRuns: true, premiseTrials: true, duplicateSearches: true } } },
  })
  return new Map(sets.map(({ id, _count: made }) => [id, { premiseRuns: made.premiseRuns, trials: made.premiseTrials, duplicateSearches: made.duplicateSearches }]))
}

/**
 * Deletes a set that nothing was made from, with its passages and its job. Throws passages.in-use, passages.not-cut
 * while its job waits or runs, and run.missing.
 */
export async function deletePassageSet(projectId: string, id: string): Promise<void> {
  await db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM passage_set WHERE id = ${id}::uuid FOR UPDATE`
    const set = await tx.passageSet.findFirst({ where: { id, projectId }, include: { job: true, _count: { select: { premiseRuns: true } } } })
    if (!set) throw new MolianError('run.missing', { what: 'passage set' })
    const name = set.name ?? String(set.ordinal)
    if (set._count.premiseRuns > 0) throw new MolianError('passages.in-use', { name, runs: set._count.premiseRuns })
    if (set.job.state === 'queued' || set.job.state === 'running') throw new MolianError('passages.not-cut', { name })
    await tx.job.delete({ where: { id: set.jobId } })
    await announce(tx, { project: projectId, topic: 'passages', id })
  })
}
