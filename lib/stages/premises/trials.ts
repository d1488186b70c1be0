import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { PremiseTrial, PremiseTrialAnswer, Prisma } from '@/lib/generated/prisma/client'
import { insertJob, type JobWriter, startOnce, workKey } from '@/lib/queue/enqueue'
import { premisePrompt, premiseSampling } from '@/lib/settings/premises'
import { nextOrdinal } from '@/lib/stages/ordinal'
import { checkPremisePrompt, PromptFault } from '@/lib/stages/prompts/prompts'
import { chosenWriter } from '@/lib/stages/writer'

/** One way of asking, whole: the words (of a version, or a draft's), who writes, and how. */
export const trialSide = z.strictObject({
  promptVersion: z.int().nullable(),
  prompt: premisePrompt,
  writer: chosenWriter,
  writerName: z.string().min(1),
  sampling: premiseSampling,
})
export type TrialSide = z.infer<typeof trialSide>

const trialSides = z.array(trialSide).min(1).max(2)

/** Passages that a trial may ask about: with two sides it is twice as many calls. */
export const mostTrialPassages = 10

export type TrialOrder = { passageSetId: string; passageIds: readonly number[]; sides: readonly TrialSide[] }

/**
 * Queues a trial: one question a passage and side, no second try. The same order again is the trial it was. Throws
 * `trial.passages` for passages that the set does not have, and what `checkPremisePrompt` throws, its field under `sides.0.`.
 */
export async function startTrial(projectId: string, order: TrialOrder): Promise<PremiseTrial> {
  const sides = trialSides.parse(order.sides)
  const passageIds = [...new Set(order.passageIds)]
  const { passageSetId } = order
  const found = await db().passage.count({ where: { id: { in: passageIds }, passageSetId, passageSet: { projectId } } })
  if (found !== passageIds.length || found === 0 || found > mostTrialPassages) throw new MolianError('trial.passages', { most: mostTrialPassages })
  for (const [at, { prompt }] of sides.entries()) await checkSide(projectId, at, () => checkPremisePrompt(projectId, prompt))
  const key = workKey('try-premises', passageSetId, passageIds, sides)
  const models = [...new Set(sides.flatMap(({ writer }) => (writer.kind === 'engine' ? [writer.modelId] : [])))]
  const writer: JobWriter = models.length > 0 ? { kind: 'engine', modelId: models.length === 1 ? (models[0] ?? null) : null } : { kind: 'endpoint' }
  return startOnce(
    key,
    (id) => db().premiseTrial.findUniqueOrThrow({ where: { id } }),
    async (tx, id) => {
      const job = await insertJob(tx, { name: 'try-premises', projectId, subjectId: id, writer, idempotencyKey: key })
      const ordinal = await nextOrdinal(tx, 'premise_trial', projectId)
      const run = await tx.premiseTrial.create({ data: { id, projectId, ordinal, passageSetId, passageIds, sides, jobId: job.id } })
      return { job, run }
    },
  )
}

async function checkSide(projectId: string, at: number, check: () => Promise<void>): Promise<void> {
  try {
    await check()
  } catch (error) {
    throw error instanceof PromptFault ? new PromptFault(`sides.${at}.${error.field}`, error) : error
  }
}

const whole = { job: true, passageSet: true, answers: true } as const

export type TrialWithAnswers = Prisma.PremiseTrialGetPayload<{ include: typeof whole }>

/** The trial of this number in the project, or its newest; null where there is none. */
export async function findTrial(projectId: string, ordinal: number | null): Promise<TrialWithAnswers | null> {
  return db().premiseTrial.findFirst({ where: { projectId, ...(ordinal === null ? {} : { ordinal }) }, include: whole, orderBy: { ordinal: 'desc' } })
}

/** Newest first, without the answers. */
export async function listTrials(projectId: string): Promise<(PremiseTrial & { job: { state: string } })[]> {
  return db().premiseTrial.findMany({ where: { projectId }, include: { job: { select: { state: true } } }, orderBy: { ordinal: 'desc' }, take: 50 })
}

/** The sides of a trial as they were asked. */
export function sidesOf(trial: Pick<PremiseTrial, 'sides'>): TrialSide[] {
  return trialSides.parse(trial.sides)
}

export type SideFigures = { answered: number; good: number; failed: number; promptTokens: number; completionTokens: number; meanLatencyMs: number | null }

/** How one side of a trial did: answers, those without a flaw, tokens in sum, and the mean time of an answer. */
export function figuresOf(answers: readonly PremiseTrialAnswer[]): SideFigures {
  const answered = answers.filter(({ errorCode }) => errorCode === null)
  const sum = (value: (answer: PremiseTrialAnswer) => number) => answered.reduce((total, answer) => total + value(answer), 0)
  return {
    answered: answered.length,
    good: answered.filter(({ flaws }) => flaws.length === 0).length,
    failed: answers.length - answered.length,
    promptTokens: sum(({ promptTokens }) => promptTokens ?? 0),
    completionTokens: sum(({ completionTokens }) => completionTokens ?? 0),
    meanLatencyMs: answered.length === 0 ? null : sum(({ latencyMs }) => latencyMs) / answered.length,
  }
}
