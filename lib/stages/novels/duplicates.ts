import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { Prisma, type DuplicateLevel, type DuplicateSearch } from '@/lib/generated/prisma/client'
import { insertJob, startOnce, workKey } from '@/lib/queue/enqueue'
import { duplicateSettings, type DuplicateSettings } from '@/lib/settings/duplicates'
import { nextOrdinal } from '@/lib/stages/ordinal'

/** What is compared with its like, in this order. */
export const duplicateLevels = ['novel', 'chapter', 'passage'] as const satisfies readonly DuplicateLevel[]

export type DuplicateSearchWithJob = Prisma.DuplicateSearchGetPayload<{ include: { job: true; passageSet: { select: { ordinal: true } } } }>

/** What the project's novels are at this moment, as a hash: another one later means that chapters came, went or changed. */
export async function libraryStamp(projectId: string): Promise<string> {
  const rows = await db().$queryRaw<{ stamp: string }[]>`
    SELECT md5(coalesce(string_agg(c.id || ':' || c.characters, ',' ORDER BY c.id), '')) AS stamp
    FROM chapter c JOIN novel n ON n.id = c.novel_id JOIN upload u ON u.id = n.upload_id AND u.state = 'ready'
    WHERE n.project_id = ${projectId}::uuid AND c.active`
  return rows[0]?.stamp ?? ''
}

/** The newest finished passage set: the one whose passages are compared unless another is chosen. */
async function newestPassageSet(projectId: string): Promise<{ id: string; ordinal: number } | null> {
  return db().passageSet.findFirst({ where: { projectId, job: { state: 'succeeded' } }, orderBy: { ordinal: 'desc' }, select: { id: true, ordinal: true } })
}

/**
 * Queues the comparison of the project's novels, chapters and the passages of a set (the newest finished one unless
 * given); the same texts and settings give the same search. Throws `duplicates.no-novels`, and `run.missing` for a set
 * that is not the project's or not finished.
 */
export async function startDuplicateSearch(projectId: string, settings: DuplicateSettings, chosenSetId?: string): Promise<DuplicateSearch> {
  const frozen = duplicateSettings.parse(settings)
  const [stamp, chapters, newest] = await Promise.all([
    libraryStamp(projectId),
    db().chapter.count({ where: { active: true, novel: { projectId, upload: { state: 'ready' } } } }),
    newestPassageSet(projectId),
  ])
  if (chapters === 0) throw new MolianError('duplicates.no-novels')
  const isChosenThere = chosenSetId === undefined || (await db().passageSet.count({ where: { id: chosenSetId, projectId, job: { state: 'succeeded' } } })) === 1
  if (!isChosenThere) throw new MolianError('run.missing', { what: 'finished passage set' })
  const passageSetId = chosenSetId ?? newest?.id ?? null
  const key = workKey('find-duplicates', projectId, frozen, stamp, passageSetId)
  return startOnce(
    key,
    (id) => db().duplicateSearch.findUniqueOrThrow({ where: { id } }),
    async (tx, id) => {
      const job = await insertJob(tx, { name: 'find-duplicates', projectId, subjectId: id, idempotencyKey: key })
      const ordinal = await nextOrdinal(tx, 'duplicate_search', projectId)
      const run = await tx.duplicateSearch.create({ data: { id, projectId, ordinal, passageSetId, settings: frozen, stamp, jobId: job.id } })
      return { job, run }
    },
  )
}

export type DuplicateStanding = {
  /** The newest search, whatever became of it. */
  newest: DuplicateSearchWithJob | null
  /** The newest one that was finished: the one whose groups there are. */
  finished: DuplicateSearchWithJob | null
  /** Why the finished one no longer says everything: novels changed since, or a newer passage set is there. */
  stale: 'novels' | 'passages' | null
}

/** Whether and how the project was searched for duplicates. */
export async function duplicateStanding(projectId: string): Promise<DuplicateStanding> {
  const include = { job: true, passageSet: { select: { ordinal: true } } } as const
  const [newest, finished, stamp, set] = await Promise.all([
    db().duplicateSearch.findFirst({ where: { projectId }, include, orderBy: { ordinal: 'desc' } }),
    db().duplicateSearch.findFirst({ where: { projectId, job: { state: 'succeeded' } }, include, orderBy: { ordinal: 'desc' } }),
    libraryStamp(projectId),
    newestPassageSet(projectId),
  ])
  const isOlderSet = set !== null && set.ordinal > (finished?.passageSet?.ordinal ?? 0)
  return { newest, finished, stale: !finished ? null : finished.stamp !== stamp ? 'novels' : isOlderSet ? 'passages' : null }
}
