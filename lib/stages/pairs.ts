import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { DatasetVersion, Outcome, Prisma, Verdict } from '@/lib/generated/prisma/client'
import { insertJob, startOnce, workKey } from '@/lib/queue/enqueue'
import { pairSettings, type PairSettings } from '@/lib/settings/pairs'
import { nextOrdinal } from '@/lib/stages/ordinal'
import { passagesById, type PassageEntry } from '@/lib/stages/passages'

export const pairFilter = z.enum(['all', 'good', 'refused', 'kept', 'rejected', 'edited', 'undecided'])
export type PairFilter = z.infer<typeof pairFilter>

export const verdictSchema = z.enum(['undecided', 'kept', 'rejected'])

/** A premise beside its passage: what becomes a training pair. `premise` is the text that counts, edited or written. */
export type PairEntry = {
  premiseId: number
  premise: string
  written: string
  outcome: Outcome
  flaws: string[]
  attempts: number
  verdict: Verdict
  passage: PassageEntry
}

/** A page of pairs in the order of the passages. */
export async function listPairs(premiseRunId: string, filter: PairFilter, page: { take: number; skip: number }): Promise<{ total: number; pairs: PairEntry[] }> {
  const where: Prisma.PremiseWhereInput = { premiseRunId, ...filters[filter] }
  const [total, premises] = await Promise.all([
    db().premise.count({ where }),
    db().premise.findMany({ where, orderBy: { passage: { ordinal: 'asc' } }, ...page }),
  ])
  const passages = new Map((await passagesById(premises.map((row) => row.passageId))).map((passage) => [passage.id, passage]))
  const pairs = premises.flatMap((row): PairEntry[] => {
    const passage = passages.get(row.passageId)
    if (!passage) return []
    const { id, text, edited, outcome, flaws, attempts, verdict } = row
    return [{ premiseId: id, premise: edited ?? text, written: text, outcome, flaws, attempts, verdict, passage }]
  })
  return { total, pairs }
}

const filters: Record<PairFilter, Prisma.PremiseWhereInput> = {
  all: {},
  good: { outcome: 'good' },
  refused: { outcome: 'refused' },
  kept: { verdict: 'kept' },
  rejected: { verdict: 'rejected' },
  edited: { edited: { not: null } },
  undecided: { verdict: 'undecided' },
}

/** A run's pairs: those with a usable premise that are not rejected, those that are, and the premises that failed the checks unedited. */
export async function pairCounts(premiseRunId: string): Promise<{ usable: number; rejected: number; refused: number }> {
  const passed: Prisma.PremiseWhereInput = { premiseRunId, OR: [{ outcome: 'good' }, { edited: { not: null } }] }
  const [usable, rejected, refused] = await Promise.all([
    db().premise.count({ where: { ...passed, verdict: { not: 'rejected' } } }),
    db().premise.count({ where: { ...passed, verdict: 'rejected' } }),
    db().premise.count({ where: { premiseRunId, outcome: 'refused', edited: null } }),
  ])
  return { usable, rejected, refused }
}

/** A person's word on a pair; `edited: null` goes back to what was written. An edited pair is kept. */
export async function decidePair(projectId: string, premiseId: number, word: { verdict?: Verdict; edited?: string | null }): Promise<void> {
  const edited = word.edited?.trim()
  await db().premise.updateMany({
    where: { id: premiseId, premiseRun: { projectId } },
    data: {
      ...(word.verdict ? { verdict: word.verdict } : {}),
      ...(word.edited === undefined ? {} : edited ? { edited, verdict: 'kept' } : { edited: null }),
    },
  })
}

export type DatasetVersionWithJob = Prisma.DatasetVersionGetPayload<{ include: { job: true; premiseRun: true } }>

/** Queues the freezing of a run's pairs as they stand now: a later word on a pair makes another version. */
export async function startDataset(projectId: string, premiseRunId: string, settings: PairSettings): Promise<DatasetVersion> {
  const frozen = pairSettings.parse(settings)
  const premiseRun = await db().premiseRun.findFirst({ where: { id: premiseRunId, projectId } })
  if (!premiseRun) throw new MolianError('run.missing', { what: 'premise run' })
  const words = await db().$queryRaw<{ print: string | null }[]>`
    SELECT md5(string_agg(p.id || p.verdict::text || coalesce(p.edited, '') || c.role::text || n.role::text, '|' ORDER BY p.id)) AS print
    FROM premise p JOIN passage s ON s.id = p.passage_id JOIN chapter c ON c.id = s.chapter_id JOIN novel n ON n.id = c.novel_id
    WHERE p.premise_run_id = ${premiseRunId}::uuid`
  const key = workKey('freeze-dataset', premiseRunId, frozen, words[0]?.print ?? null)
  return startOnce(
    key,
    (id) => db().datasetVersion.findUniqueOrThrow({ where: { id } }),
    async (tx, id) => {
      const job = await insertJob(tx, { name: 'freeze-dataset', projectId, subjectId: id, idempotencyKey: key })
      const ordinal = await nextOrdinal(tx, 'dataset_version', projectId)
      const run = await tx.datasetVersion.create({ data: { id, projectId, ordinal, premiseRunId, settings: frozen, jobId: job.id } })
      return { job, run }
    },
  )
}

export async function listDatasetVersions(projectId: string): Promise<DatasetVersionWithJob[]> {
  return db().datasetVersion.findMany({ where: { projectId }, include: { job: true, premiseRun: true }, orderBy: { ordinal: 'desc' } })
}

export async function findDatasetVersion(id: string): Promise<DatasetVersionWithJob | null> {
  return z.uuid().safeParse(id).success ? db().datasetVersion.findUnique({ where: { id }, include: { job: true, premiseRun: true } }) : null
}

/** The version as Alpaca JSON, piece by piece: `instruction` empty, `input` the premise, `output` the passage. */
export async function* alpacaJson(datasetVersionId: string): AsyncGenerator<string> {
  yield '[\n'
  let next = 0
  for (;;) {
    const pairs = await db().datasetPair.findMany({ where: { datasetVersionId, ordinal: { gte: next } }, orderBy: { ordinal: 'asc' }, take: 500 })
    for (const pair of pairs) {
      const record = JSON.stringify({ instruction: '', input: pair.premise, output: pair.passage })
      yield `${next === 0 ? '' : ',\n'}${record}`
      next = pair.ordinal + 1
    }
    if (pairs.length < 500) break
  }
  yield '\n]\n'
}
