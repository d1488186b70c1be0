import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { Job, Prisma } from '@/lib/generated/prisma/client'
import { checkJudgePrompt } from '@/lib/llm/judge-prompt'
import { insertJob, ring, startOnce, workKey } from '@/lib/queue/enqueue'
import { reopen, requestPause, resume } from '@/lib/queue/lease'
import type { JudgePrompt } from '@/lib/settings/judge'
import { nextOrdinal } from '@/lib/stages/ordinal'
import { priceOf } from '@/lib/stages/premises/prices'
import { storiesPrint } from '@/lib/stages/stories/print'
import { judgeSettings, type JudgeSettings } from '@/lib/stages/submissions/judge-settings'
import { writerColumns } from '@/lib/stages/writer'

const whole = { job: true, model: true, endpoint: { omit: { keyCipher: true } } } as const
export type JudgeRunWithJob = Prisma.JudgeRunGetPayload<{ include: typeof whole }>

/**
 * Queues a model's judgement of a round's first pairs, each in both orders. The same judge, words and stories again is the run that there
 * is. Throws run.missing, votes.nothing-to-judge, votes.budget-without-price, and what a wrong prompt throws.
 */
export async function startJudging(projectId: string, voteRoundId: string, order: JudgeSettings, budget: number | null = null): Promise<{ id: string }> {
  const settings = judgeSettings.parse(order)
  checkJudgePrompt(settings.prompt)
  const round = await db().voteRound.findFirst({ where: { id: voteRoundId, projectId }, include: { runs: true } })
  if (!round) throw new MolianError('run.missing', { what: 'round of votes' })
  const { writer } = settings
  const price = writer.kind === 'endpoint' ? await priceOf(writer.endpointId, writer.model) : null
  if (budget !== null && !price) throw new MolianError('votes.budget-without-price')
  const prints = await Promise.all(round.runs.map(({ storyRunId }) => storiesPrint(storyRunId)))
  const key = workKey('judge-stories', voteRoundId, settings, prints)
  return startOnce(
    key,
    async (id) => ({ id }),
    async (tx, id) => {
      // Held, so that it is not deleted meanwhile; one whose deletion was waited for is gone.
      const held = await tx.$queryRaw<unknown[]>`SELECT 1 FROM vote_round WHERE id = ${voteRoundId}::uuid FOR KEY SHARE`
      if (held.length === 0) throw new MolianError('run.missing', { what: 'round of votes' })
      const job = await insertJob(tx, { name: 'judge-stories', projectId, subjectId: id, writer, idempotencyKey: key })
      const ordinal = await nextOrdinal(tx, 'judge_run', projectId)
      const prices = price ? { inputPrice: price.input, outputPrice: price.output, currency: price.currency } : {}
      const run = await tx.judgeRun.create({ data: { id, projectId, ordinal, voteRoundId, ...writerColumns(writer), settings, budget, ...prices, jobId: job.id }, select: { id: true } })
      return { job, run }
    },
  )
}

export type JudgeCounts = { answers: number; abstained: number; failed: number; reused: number; cost: number | null }
export type ListedJudgeRun = JudgeRunWithJob & JudgeCounts

/** A round's judges, the newest first, with how far each is and what it has cost. */
export async function listJudgeRuns(projectId: string, voteRoundId: string): Promise<ListedJudgeRun[]> {
  const [runs, counts] = await Promise.all([
    db().judgeRun.findMany({ where: { projectId, voteRoundId }, include: whole, orderBy: { ordinal: 'desc' } }),
    db().$queryRaw<(JudgeCounts & { id: string })[]>`
      SELECT j.id, count(*) FILTER (WHERE a.error_code IS NULL)::int AS answers, count(*) FILTER (WHERE a.error_code IS NULL AND a.verdict IS NULL)::int AS abstained,
        count(*) FILTER (WHERE a.error_code IS NOT NULL)::int AS failed, count(*) FILTER (WHERE a.is_reused)::int AS reused, sum(a.cost) AS cost
      FROM judge_run j JOIN judge_answer a ON a.judge_run_id = j.id WHERE j.vote_round_id = ${voteRoundId}::uuid GROUP BY j.id`,
  ])
  const none: JudgeCounts = { answers: 0, abstained: 0, failed: 0, reused: 0, cost: null }
  return runs.map((run) => {
    const { answers, abstained, failed, reused, cost } = counts.find(({ id }) => id === run.id) ?? none
    return { ...run, answers, abstained, failed, reused, cost }
  })
}

/** Some of a judge's answers in which no verdict could be read, the latest first: what to make its words clearer by. */
export async function unreadAnswers(judgeRunId: string, take = 5): Promise<{ row: number; text: string; finishReason: string | null }[]> {
  const answers = await db().judgeAnswer.findMany({
    where: { judgeRunId, verdict: null, errorCode: null }, orderBy: { at: 'desc' }, take, select: { text: true, finishReason: true, testRow: { select: { ordinal: true } } },
  })
  return answers.map(({ text, finishReason, testRow }) => ({ row: testRow.ordinal + 1, text, finishReason }))
}

/** What a judge is called: the model that was asked for and where. */
export function judgeName({ settings, model, endpoint }: Pick<JudgeRunWithJob, 'settings' | 'model' | 'endpoint'>): string {
  const known = judgeSettings.safeParse(settings).data
  if (known?.writer.kind === 'endpoint') return `${known.writer.model} · ${endpoint?.name ?? '–'}`
  return model?.name ?? '–'
}

/** The words that a project's newest judge was asked in; null where none was asked. */
export async function lastJudgePrompt(projectId: string): Promise<JudgePrompt | null> {
  const run = await db().judgeRun.findFirst({ where: { projectId }, orderBy: { ordinal: 'desc' }, select: { settings: true } })
  return judgeSettings.safeParse(run?.settings).data?.prompt ?? null
}

/** Lets the questions in flight end and asks no more. Throws run.missing. */
export async function pauseJudging(projectId: string, id: string): Promise<void> {
  await requestPause((await judgeJob(projectId, id)).id)
}

/** Goes on with a paused judge; `budget` is what it may spend in all from now on, undefined what it was. Throws run.missing and votes.budget-without-price. */
export async function resumeJudging(projectId: string, id: string, budget?: number | null): Promise<void> {
  const { id: jobId, currency } = await judgeJob(projectId, id)
  if (budget !== undefined) {
    if (budget !== null && currency === null) throw new MolianError('votes.budget-without-price')
    await db().judgeRun.update({ where: { id }, data: { budget }, select: { id: true } })
  }
  const job = await resume(jobId)
  if (job) await ring(job)
}

/** Asks again what had no answer, and nothing else. Throws run.missing and votes.judge-runs. */
export async function askFailedAgain(projectId: string, id: string): Promise<void> {
  const { id: jobId } = await judgeJob(projectId, id)
  const job = await reopen(jobId, async () => {})
  if (!job) throw new MolianError('votes.judge-runs')
  await ring(job)
}

async function judgeJob(projectId: string, id: string): Promise<Pick<Job, 'id'> & { currency: string | null }> {
  const run = z.uuid().safeParse(id).success ? await db().judgeRun.findFirst({ where: { id, projectId }, select: { jobId: true, currency: true } }) : null
  if (!run) throw new MolianError('run.missing', { what: 'judge' })
  return { id: run.jobId, currency: run.currency }
}
