import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { Prisma, TokenCount } from '@/lib/generated/prisma/client'
import { insertJob, startOnce, workKey } from '@/lib/queue/enqueue'
import { resolveModel } from '@/lib/stages/models'

const withModel = { job: true, model: true, promptVersion: true } as const

/** Tokens of a version's pairs with what counted them; the lists are asked for by themselves. */
export type TokenCountEntry = Omit<Prisma.TokenCountGetPayload<{ include: typeof withModel }>, 'promptTokens' | 'answerTokens'>

/** Queues the counting of a version's pairs in a model's tokens, as training with that story prompt would render them. */
export async function startTokenCount(projectId: string, order: { datasetVersionId: string; model: string; promptVersionId: string }): Promise<{ id: string }> {
  const { datasetVersionId, promptVersionId } = order
  const version = await db().datasetVersion.findFirst({ where: { id: datasetVersionId, projectId, sha256: { not: null } } })
  if (!version) throw new MolianError('run.missing', { what: 'dataset version' })
  const prompt = await db().promptVersion.findFirst({ where: { id: promptVersionId, projectId, purpose: 'story' } })
  if (!prompt) throw new MolianError('run.missing', { what: 'prompt version' })
  const model = await resolveModel(order.model)
  const key = workKey('count-tokens', datasetVersionId, model.id, model.sha256, promptVersionId)
  return startOnce(
    key,
    async (id) => ({ id }),
    async (tx, id) => {
      // Counted with the model's weights before they changed: the new count takes its place.
      await tx.tokenCount.deleteMany({ where: { datasetVersionId, modelId: model.id, promptVersionId } })
      const job = await insertJob(tx, { name: 'count-tokens', projectId, subjectId: id, idempotencyKey: key })
      return { job, run: await tx.tokenCount.create({ data: { id, projectId, datasetVersionId, modelId: model.id, promptVersionId, jobId: job.id }, select: { id: true } }) }
    },
  )
}

/** The counts of a version, newest first. */
export async function listTokenCounts(datasetVersionId: string): Promise<TokenCountEntry[]> {
  return db().tokenCount.findMany({ where: { datasetVersionId }, include: withModel, omit: { promptTokens: true, answerTokens: true }, orderBy: { createdAt: 'desc' } })
}

/** Of one side: pairs that fit, that lose their end, and whose prompt alone fills the length; and the tokens that are lost. */
export type Cuts = { fit: number; truncated: number; dropped: number; lost: number }

/** A pair that does not fit: its place in the version, and its tokens. */
export type CutPair = { ordinal: number; tokens: number; isDropped: boolean }

/** The lengths of all pairs in tokens, and exactly what training with `maxLength` would cut, as gpu-worker/python/training_pairs.py does. */
export async function tokenLengths(count: Pick<TokenCount, 'id'>, trainingOrdinals: (ordinal: number) => boolean, maxLength: number): Promise<{ lengths: number[]; training: Cuts; validation: Cuts; longest: CutPair[] }> {
  const { promptTokens, answerTokens } = await db().tokenCount.findUniqueOrThrow({ where: { id: count.id }, select: { promptTokens: true, answerTokens: true } })
  const lengths = promptTokens.map((prompt, at) => prompt + (answerTokens[at] ?? 0))
  const sides = { training: noCuts(), validation: noCuts() }
  const cut: CutPair[] = []
  for (const [ordinal, tokens] of lengths.entries()) {
    const side = trainingOrdinals(ordinal) ? sides.training : sides.validation
    // The prompt fills the length: nothing of the answer is left to learn.
    const isDropped = (promptTokens[ordinal] ?? 0) >= maxLength
    if (isDropped) side.dropped += 1
    else if (tokens > maxLength) side.truncated += 1
    else side.fit += 1
    if (!isDropped && tokens <= maxLength) continue
    side.lost += tokens - (isDropped ? 0 : maxLength)
    cut.push({ ordinal, tokens, isDropped })
  }
  return { lengths, ...sides, longest: cut.sort((one, other) => other.tokens - one.tokens).slice(0, 20) }
}

function noCuts(): Cuts {
  return { fit: 0, truncated: 0, dropped: 0, lost: 0 }
}

/** Which ordinals of a version are for training, as a question. */
export async function trainingOrdinals(datasetVersionId: string): Promise<(ordinal: number) => boolean> {
  const rows = await db().datasetPair.findMany({ where: { datasetVersionId, split: 'validation' }, select: { ordinal: true } })
  const validation = new Set(rows.map(({ ordinal }) => ordinal))
  return (ordinal) => !validation.has(ordinal)
}
