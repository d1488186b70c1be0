import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { PremiseRun, Prisma } from '@/lib/generated/prisma/client'
import type { Price } from '@/lib/llm/cost'
import { insertJob, startOnce, workKey } from '@/lib/queue/enqueue'
import { premiseSampling } from '@/lib/settings/premises'
import { passageSelection } from '@/lib/settings/selection'
import { nextOrdinal } from '@/lib/stages/ordinal'
import { priceOf } from '@/lib/stages/premises/prices'
import { selectionTotals } from '@/lib/stages/premises/selected-passages'
import { chosenWriter, writerColumns } from '@/lib/stages/writer'

/** What a premise run was started with. Frozen in its row. Without a selection it takes every passage of the set. */
export const premiseRunSettings = z.strictObject({ writer: chosenWriter, sampling: premiseSampling, selection: passageSelection.optional() })
export type PremiseRunSettings = z.infer<typeof premiseRunSettings>

const whole = { job: true, model: true, endpoint: { omit: { keyCipher: true } }, promptVersion: true, passageSet: true } as const

export type PremiseRunWithJob = Prisma.PremiseRunGetPayload<{ include: typeof whole }>

type Order = {
  passageSetId: string
  promptVersionId: string
  settings: PremiseRunSettings
  /** What it may spend, in the currency of the model's price; null: as much as it takes. */
  budget?: number | null
}

/** Queues a premise for every selected passage of the set; the same set, prompt, writer, sampling and selection give the same run. */
export async function startPremises(projectId: string, order: Order): Promise<PremiseRun> {
  const settings = premiseRunSettings.parse(order.settings)
  const { passageSetId, promptVersionId, budget = null } = order
  const set = await db().passageSet.findFirst({ where: { id: passageSetId, projectId, job: { state: 'succeeded' } } })
  if (!set) throw new MolianError('run.missing', { what: 'finished passage set' })
  const prompt = await db().promptVersion.findFirst({ where: { id: promptVersionId, projectId, purpose: 'premise' } })
  if (!prompt) throw new MolianError('run.missing', { what: 'prompt version' })
  const { passages: expected } = await selectionTotals(passageSetId, settings.selection)
  if (expected === 0) throw new MolianError('premises.none-selected')
  const price = settings.writer.kind === 'endpoint' ? await priceOf(settings.writer.endpointId, settings.writer.model) : null
  if (budget !== null && !price) throw new MolianError('premises.budget-without-price')
  const key = workKey('write-premises', passageSetId, promptVersionId, settings)
  return startOnce(
    key,
    (id) => db().premiseRun.findUniqueOrThrow({ where: { id } }),
    async (tx, id) => {
      const job = await insertJob(tx, { name: 'write-premises', projectId, subjectId: id, writer: settings.writer, idempotencyKey: key })
      const ordinal = await nextOrdinal(tx, 'premise_run', projectId)
      const money = { budget, inputPrice: price?.input ?? null, outputPrice: price?.output ?? null, currency: price?.currency ?? null }
      const run = await tx.premiseRun.create({
        data: { id, projectId, ordinal, passageSetId, promptVersionId, ...writerColumns(settings.writer), settings, expected, ...money, jobId: job.id },
      })
      return { job, run }
    },
  )
}

export async function listPremiseRuns(projectId: string): Promise<PremiseRunWithJob[]> {
  return db().premiseRun.findMany({ where: { projectId }, include: whole, orderBy: { ordinal: 'desc' } })
}

export async function findPremiseRun(projectId: string, id: string): Promise<PremiseRunWithJob | null> {
  return z.uuid().safeParse(id).success ? db().premiseRun.findFirst({ where: { id, projectId }, include: whole }) : null
}

/** The price that a run reckons with; null where none was entered. */
export function priceOfRun({ inputPrice, outputPrice, currency }: Pick<PremiseRun, 'inputPrice' | 'outputPrice' | 'currency'>): Price | null {
  return inputPrice === null || outputPrice === null || currency === null ? null : { input: inputPrice, output: outputPrice, currency }
}

export type PremiseCounts = {
  good: number
  refused: number
  failed: number
  answers: number
  /** How often the checks met each flaw in the answers, and how many outcomes still have it. */
  flaws: { flaw: string; count: number }[]
  marks: { flaw: string; count: number }[]
  scores: { score: number; count: number }[]
}

/** How a run stands: outcomes, flaws and grades. */
export async function premiseCounts(premiseRunId: string): Promise<PremiseCounts> {
  const [outcomes, answers, flaws, marks, scores] = await Promise.all([
    db().premise.groupBy({ by: ['outcome'], where: { premiseRunId }, _count: true }),
    db().premiseAnswer.count({ where: { premiseRunId } }),
    db().$queryRaw<{ flaw: string; count: number }[]>`
      SELECT flaw, count(*)::int AS count FROM premise_answer, unnest(flaws) AS flaw
      WHERE premise_run_id = ${premiseRunId}::uuid GROUP BY flaw ORDER BY count DESC`,
    db().$queryRaw<{ flaw: string; count: number }[]>`
      SELECT flaw, count(*)::int AS count FROM premise, unnest(flaws) AS flaw
      WHERE premise_run_id = ${premiseRunId}::uuid GROUP BY flaw ORDER BY count DESC`,
    db().$queryRaw<{ score: number; count: number }[]>`
      SELECT score::int AS score, count(*)::int AS count FROM premise WHERE premise_run_id = ${premiseRunId}::uuid AND score IS NOT NULL GROUP BY score ORDER BY score DESC`,
  ])
  const count = (outcome: (typeof outcomes)[number]['outcome']) => outcomes.find((each) => each.outcome === outcome)?._count ?? 0
  return { good: count('good'), refused: count('refused'), failed: count('failed'), answers, flaws, marks, scores }
}
