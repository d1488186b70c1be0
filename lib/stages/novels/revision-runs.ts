import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { Prisma, RevisionRun } from '@/lib/generated/prisma/client'
import { insertJob, startOnce, workKey } from '@/lib/queue/enqueue'
import { revisionSettings, type RevisionSettings } from '@/lib/settings/revisions'
import { undo } from '@/lib/stages/novels/revisions'

export type RevisionRunWithJob = Omit<Prisma.RevisionRunGetPayload<{ include: { job: true } }>, 'settings'> & {
  settings: RevisionSettings
  /** Novels that it changed, and those of them that were undone. */
  novels: number
  undone: number
}

/** Queues the cleaning, simplifying or measuring of novels. The same once more, with nothing changed between, is the same run. */
export async function startRevisionRun(projectId: string, settings: RevisionSettings): Promise<RevisionRun> {
  const frozen = revisionSettings.parse(settings)
  const [last, undone] = await Promise.all([
    db().revision.aggregate({ where: { novel: { projectId } }, _max: { id: true } }),
    db().revision.count({ where: { novel: { projectId }, undoneAt: { not: null } } }),
  ])
  const novels = await db().novel.aggregate({ where: { projectId }, _max: { id: true } })
  const key = workKey('revise-novels', projectId, frozen, last._max.id, undone, novels._max.id)
  return startOnce(
    key,
    (id) => db().revisionRun.findUniqueOrThrow({ where: { id } }),
    async (tx, id) => {
      const job = await insertJob(tx, { name: 'revise-novels', projectId, subjectId: id, idempotencyKey: key })
      const run = await tx.revisionRun.create({ data: { id, projectId, settings: frozen, jobId: job.id } })
      return { job, run }
    },
  )
}

/** The newest runs of a project. */
export async function listRevisionRuns(projectId: string, take = 10): Promise<RevisionRunWithJob[]> {
  const runs = await db().revisionRun.findMany({
    where: { projectId },
    include: { job: true, revisions: { select: { undoneAt: true } } },
    orderBy: { createdAt: 'desc' },
    take,
  })
  return runs.map(({ revisions, ...run }) => ({ ...run, settings: revisionSettings.parse(run.settings), novels: revisions.length, undone: revisions.filter(({ undoneAt }) => undoneAt !== null).length }))
}

/** Undoes a run in every novel where no later change stands on it; says in how many, and where one does. */
export async function undoRevisionRun(projectId: string, runId: string): Promise<{ undone: number; stood: number }> {
  const revisions = await db().revision.findMany({ where: { runId, undoneAt: null, novel: { projectId } }, select: { id: true }, orderBy: { id: 'desc' } })
  const result = { undone: 0, stood: 0 }
  for (const { id } of revisions) {
    try {
      await db().$transaction((tx) => undo(tx, projectId, id))
      result.undone += 1
    } catch (error) {
      if (!(error instanceof MolianError) || error.code !== 'revision.stands') throw error
      result.stood += 1
    }
  }
  return result
}
