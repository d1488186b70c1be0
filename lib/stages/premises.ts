import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { PremiseRun, Prisma } from '@/lib/generated/prisma/client'
import { insertJob, startOnce, workKey } from '@/lib/queue/enqueue'
import { premiseSampling } from '@/lib/settings/premises'
import { nextOrdinal } from '@/lib/stages/ordinal'
import { chosenWriter, writerColumns } from '@/lib/stages/writer'

/** What a premise run was started with. Frozen in its row. */
export const premiseRunSettings = z.strictObject({ writer: chosenWriter, sampling: premiseSampling })
export type PremiseRunSettings = z.infer<typeof premiseRunSettings>

const whole = { job: true, model: true, endpoint: { omit: { keyCipher: true } }, promptVersion: true, passageSet: true } as const

export type PremiseRunWithJob = Prisma.PremiseRunGetPayload<{ include: typeof whole }>

/** Queues a premise for every passage of the set; the same set, prompt, writer and sampling give the same run. */
export async function startPremises(
  projectId: string,
  order: { passageSetId: string; promptVersionId: string; settings: PremiseRunSettings },
): Promise<PremiseRun> {
  const settings = premiseRunSettings.parse(order.settings)
  const { passageSetId, promptVersionId } = order
  const set = await db().passageSet.findFirst({ where: { id: passageSetId, projectId, job: { state: 'succeeded' } } })
  if (!set) throw new MolianError('run.missing', { what: 'finished passage set' })
  const prompt = await db().promptVersion.findFirst({ where: { id: promptVersionId, projectId, purpose: 'premise' } })
  if (!prompt) throw new MolianError('run.missing', { what: 'prompt version' })
  const key = workKey('write-premises', passageSetId, promptVersionId, settings)
  return startOnce(
    key,
    (id) => db().premiseRun.findUniqueOrThrow({ where: { id } }),
    async (tx, id) => {
      const job = await insertJob(tx, { name: 'write-premises', projectId, subjectId: id, writer: settings.writer.kind, idempotencyKey: key })
      const ordinal = await nextOrdinal(tx, 'premise_run', projectId)
      const run = await tx.premiseRun.create({
        data: { id, projectId, ordinal, passageSetId, promptVersionId, ...writerColumns(settings.writer), settings, jobId: job.id },
      })
      return { job, run }
    },
  )
}

export async function listPremiseRuns(projectId: string): Promise<PremiseRunWithJob[]> {
  return db().premiseRun.findMany({ where: { projectId }, include: whole, orderBy: { ordinal: 'desc' } })
}

/** How the run stands: outcomes, and how often each flaw was met in the answers. */
export async function premiseCounts(premiseRunId: string): Promise<{ good: number; refused: number; answers: number; flaws: { flaw: string; count: number }[] }> {
  const [good, refused, answers, flaws] = await Promise.all([
    db().premise.count({ where: { premiseRunId, outcome: 'good' } }),
    db().premise.count({ where: { premiseRunId, outcome: 'refused' } }),
    db().premiseAnswer.count({ where: { premiseRunId } }),
    db().$queryRaw<{ flaw: string; count: number }[]>`
      SELECT flaw, count(*)::int AS count FROM premise_answer, unnest(flaws) AS flaw
      WHERE premise_run_id = ${premiseRunId}::uuid GROUP BY flaw ORDER BY count DESC`,
  ])
  return { good, refused, answers, flaws }
}
