import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { type DatasetVersion, Prisma, Register } from '@/lib/generated/prisma/client'
import { insertJob, startOnce, workKey } from '@/lib/queue/enqueue'
import { pairSettings, type PairSettings } from '@/lib/settings/pairs'
import { type DatasetChoice, leftOutReasons } from '@/lib/stages/pairs/dataset-choice'
import { nextOrdinal } from '@/lib/stages/ordinal'
import { pairRows } from '@/lib/stages/pairs/rows'
import { testPremises } from '@/lib/stages/stories/test-files'
import { checkSource, decisionsOnPassages, pairSource, type PairRef, type PairSource } from '@/lib/stages/pairs/source'

export const versionName = z.string().trim().max(80)

const sourcesSchema = z.array(pairSource).min(1)

export type DatasetVersionWithJob = Prisma.DatasetVersionGetPayload<{ include: { job: true; premiseRun: true } }>

/** Queues the freezing of the sources' pairs as they stand now: a later word on a pair makes another version. Throws `run.missing`. */
export async function startDataset(projectId: string, sources: readonly PairSource[], settings: PairSettings, name = ''): Promise<DatasetVersion> {
  const frozen = pairSettings.parse(settings)
  const chosen = sourcesSchema.parse(sources)
  const prints: (string | null)[] = []
  for (const source of chosen) {
    await checkSource(projectId, source)
    prints.push(await printOf(source), ...(await decisionsOnPassages(projectId, source)))
  }
  const key = workKey('freeze-dataset', chosen, frozen, prints, (await testPremises(projectId)).toSorted())
  const premiseRunId = chosen.find(({ kind }) => kind === 'run')?.id ?? null
  return startOnce(
    key,
    (id) => db().datasetVersion.findUniqueOrThrow({ where: { id } }),
    async (tx, id) => {
      const job = await insertJob(tx, { name: 'freeze-dataset', projectId, subjectId: id, idempotencyKey: key })
      const ordinal = await nextOrdinal(tx, 'dataset_version', projectId)
      const run = await tx.datasetVersion.create({ data: { id, projectId, ordinal, name: versionName.parse(name), premiseRunId, sources: chosen, settings: frozen, jobId: job.id } })
      return { job, run }
    },
  )
}

/** A person's words on a source's pairs and what they are, as one short text: what a freeze depends on besides the test premises. */
async function printOf(source: PairSource): Promise<string | null> {
  const rows = await db().$queryRaw<{ print: string | null }[]>`
    SELECT md5(string_agg(concat_ws('|', pair.id, pair.verdict, pair.premise, pair.role, pair.register), E'\n' ORDER BY pair.place)) AS print
    FROM ${pairRows(source)}`
  return rows[0]?.print ?? null
}

/** The runs and imports that a version was frozen from. */
export function sourcesOfVersion(version: Pick<DatasetVersion, 'sources' | 'premiseRunId'>): PairSource[] {
  const named = sourcesSchema.safeParse(version.sources)
  if (named.success) return named.data
  // Versions from before there were several sources.
  return version.premiseRunId === null ? [] : [{ kind: 'run', id: version.premiseRunId }]
}

const composition = z.object({
  pairs: z.number(),
  characters: z.number(),
  endings: z.number(),
  registers: z.record(z.enum(Register), z.number()),
  novels: z.array(z.object({ novel: z.string(), pairs: z.number() })),
})
const balanceSchema = z.object({ leftOut: z.record(z.enum(leftOutReasons), z.number()), before: composition, after: composition })

/** What a version was balanced from and to; null of versions from before there was a balance. */
export function versionBalance(version: Pick<DatasetVersion, 'balance'>): Omit<DatasetChoice, 'pairs'> | null {
  return balanceSchema.safeParse(version.balance).data ?? null
}

/** Newest first. */
export async function listDatasetVersions(projectId: string): Promise<DatasetVersionWithJob[]> {
  return db().datasetVersion.findMany({ where: { projectId }, include: { job: true, premiseRun: true }, orderBy: { ordinal: 'desc' } })
}

export async function findDatasetVersion(id: string): Promise<DatasetVersionWithJob | null> {
  return z.uuid().safeParse(id).success ? db().datasetVersion.findUnique({ where: { id }, include: { job: true, premiseRun: true } }) : null
}

/** Another name; what the version holds stays. */
export async function renameDataset(projectId: string, id: string, name: string): Promise<void> {
  const { count } = await db().datasetVersion.updateMany({ where: { id, projectId }, data: { name: versionName.parse(name) } })
  if (count === 0) throw new MolianError('run.missing', { what: 'dataset version' })
}

/** The finished versions that hold a pair, newest first. */
export async function versionsOfPair(projectId: string, ref: PairRef): Promise<Pick<DatasetVersion, 'id' | 'ordinal' | 'name'>[]> {
  const own = ref.kind === 'run' ? { premiseId: ref.id } : { importedPairId: ref.id }
  return db().datasetVersion.findMany({ where: { projectId, sha256: { not: null }, pairs: { some: own } }, select: { id: true, ordinal: true, name: true }, orderBy: { ordinal: 'desc' } })
}

/** How many pairs a page of a version shows. */
export const versionPage = 50

/** A page of a version's pairs, in their order, by what split they are in. */
export async function pairsOfVersion(datasetVersionId: string, split: 'training' | 'validation' | null, page: number) {
  const before = (page - 1) * versionPage
  // The whole version's ordinals have no gaps, so that a page of it is a range of the key.
  const where: Prisma.DatasetPairWhereInput = split ? { datasetVersionId, split } : { datasetVersionId, ordinal: { gte: before } }
  return db().datasetPair.findMany({ where, orderBy: { ordinal: 'asc' }, take: versionPage, skip: split ? before : 0 })
}

/** The pairs of a version with these ordinals. */
export async function frozenPairsAt(datasetVersionId: string, ordinals: readonly number[]) {
  return db().datasetPair.findMany({ where: { datasetVersionId, ordinal: { in: [...ordinals] } }, select: { ordinal: true, premise: true, premiseId: true, importedPairId: true } })
}
