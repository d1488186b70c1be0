import { z } from 'zod'
import { db } from '@/lib/db'
import { type Job, type PairCheck, Prisma } from '@/lib/generated/prisma/client'
import { insertJob, startOnce, workKey } from '@/lib/queue/enqueue'
import { checkSource, decisionsOnPassages, type PairSource, sourceColumns } from '@/lib/stages/pairs/source'
import { testPremises } from '@/lib/stages/stories/test-files'

/** What a check found: groups of near-equal premises and passages, and pairs that give a test premise away. */
export const checkResult = z.object({ pairs: z.number(), premiseGroups: z.number(), passageGroups: z.number(), leaks: z.number(), stamp: z.string() })
export type CheckResult = z.infer<typeof checkResult>

/** What a check depends on, as one short text: the pairs' words, what was decided about their passages, and the project's test premises. */
export async function checkStamp(projectId: string, source: PairSource): Promise<string> {
  const [rows, tests, decisions] = await Promise.all([
    source.kind === 'run'
      ? db().$queryRaw<{ stamp: string | null }[]>`
          SELECT md5(string_agg(id || '|' || coalesce(edited, text), E'\n' ORDER BY passage_id)) AS stamp FROM premise WHERE premise_run_id = ${source.id}::uuid`
      : db().$queryRaw<{ stamp: string | null }[]>`
          SELECT md5(string_agg(id || '|' || coalesce(edited, premise), E'\n' ORDER BY ordinal)) AS stamp FROM imported_pair WHERE pair_import_id = ${source.id}::uuid`,
    testPremises(projectId),
    decisionsOnPassages(projectId, source),
  ])
  return workKey(rows[0]?.stamp ?? null, tests.toSorted(), ...decisions)
}

/**
 * Queues a look through a source's pairs for near duplicates and leaks; what was looked through last of all is not again,
 * but what has been before and is so again is, because the marks have become others since.
 */
export async function startPairCheck(projectId: string, source: PairSource): Promise<PairCheck> {
  await checkSource(projectId, source)
  const last = await db().pairCheck.findFirst({ where: { ...sourceColumns(source), job: { state: 'succeeded' } }, orderBy: { createdAt: 'desc' } })
  if (last && (await isChecked(projectId, source))) return last
  const key = workKey('check-pairs', source, await checkStamp(projectId, source), last?.id ?? null)
  return startOnce(
    key,
    (id) => db().pairCheck.findUniqueOrThrow({ where: { id } }),
    async (tx, id) => {
      const job = await insertJob(tx, { name: 'check-pairs', projectId, subjectId: id, idempotencyKey: key })
      return { job, run: await tx.pairCheck.create({ data: { id, projectId, ...sourceColumns(source), jobId: job.id } }) }
    },
  )
}

/** The newest check of a source with its job, what the last look through its pairs found, and whether that still says everything. */
export type PairCheckStanding = { newest: { job: Job; createdAt: Date } | null; found: CheckResult | null; isStale: boolean }

export async function pairCheckStanding(projectId: string, source: PairSource): Promise<PairCheckStanding> {
  const [newest, found] = await Promise.all([
    db().pairCheck.findFirst({ where: sourceColumns(source), include: { job: true }, orderBy: { createdAt: 'desc' } }),
    lastFound(source),
  ])
  return { newest, found, isStale: found !== null && found.stamp !== (await checkStamp(projectId, source)) }
}

/** What the last look through the pairs found, be it a check or a freeze that began with one. */
async function lastFound(source: PairSource): Promise<CheckResult | null> {
  const table = source.kind === 'run' ? Prisma.sql`premise_run` : Prisma.sql`pair_import`
  const rows = await db().$queryRaw<{ found: unknown }[]>`SELECT pairs_checked AS found FROM ${table} WHERE id = ${source.id}::uuid`
  return checkResult.safeParse(rows[0]?.found).data ?? null
}

/** Whether the last look through the pairs saw them and the test premises as they stand. */
export async function isChecked(projectId: string, source: PairSource): Promise<boolean> {
  const { found, isStale } = await pairCheckStanding(projectId, source)
  return found !== null && !isStale
}
