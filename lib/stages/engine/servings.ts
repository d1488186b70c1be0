import { randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import type { Prisma, Serving } from '@/lib/generated/prisma/client'
import { openKey, sealKey } from '@/lib/llm/keys'
import { insertJob, ring, workKey } from '@/lib/queue/enqueue'
import { reopen, requestStop } from '@/lib/queue/lease'
import { baseOf, withOrigin, type AdapterWithOrigin } from '@/lib/stages/models/merging'

const whole = { job: true, model: true } as const

/** A model that is, or was, served for other programs; its key only as `keyOf` opens it. */
export type ServingEntry = Prisma.ServingGetPayload<{ include: typeof whole; omit: { keyCipher: true } }>

export const servingOrder = z.strictObject({
  modelId: z.uuid(),
  /** Adapters of the model that are served beside it, each under a name of its own. */
  adapterIds: z.array(z.uuid()).max(16).default([]),
  /** Tokens of prompt and answer together that callers can count on. */
  context: z.coerce.number().int().min(512).max(131_072).default(4096),
})
export type ServingOrder = z.infer<typeof servingOrder>

export async function listServings(): Promise<ServingEntry[]> {
  return db().serving.findMany({ include: whole, omit: { keyCipher: true }, orderBy: { createdAt: 'asc' } })
}

/** What callers have asked so far, as it changes while one looks. */
export type ServingFigures = Pick<Serving, 'id' | 'requests' | 'refused' | 'inFlight'> & { promptTokens: number; completionTokens: number; lastRequestAt: string | null }

export async function servingFigures(): Promise<ServingFigures[]> {
  return (await listServings()).map(figuresOf)
}

/** Nothing is in flight of a model that is not being served. */
export function figuresOf({ id, requests, refused, inFlight, promptTokens, completionTokens, lastRequestAt, job }: ServingEntry): ServingFigures {
  return { id, requests, refused, inFlight: job.state === 'running' ? inFlight : 0, promptTokens: Number(promptTokens), completionTokens: Number(completionTokens), lastRequestAt: lastRequestAt?.toISOString() ?? null }
}

/** A serving and its adapters as the worker needs them. */
export async function findServing(id: string): Promise<{ serving: ServingEntry; adapters: AdapterWithOrigin[] } | null> {
  const serving = await db().serving.findUnique({ where: { id }, include: whole, omit: { keyCipher: true } })
  return serving && { serving, adapters: await adaptersOf(serving.adapterIds) }
}

/**
 * Serves a model for other programs until it is stopped: at once when the device is free, else in its turn. The same model keeps its
 * key and its port from one time to the next. Throws run.missing, model.deleted and serving.running.
 */
export async function startServing(asked: z.input<typeof servingOrder>): Promise<{ id: string }> {
  const { modelId, adapterIds, context } = servingOrder.parse(asked)
  await checkOrder(modelId, adapterIds)
  const known = await db().serving.findUnique({ where: { modelId } })
  if (known) return serveAgain(known, { adapterIds, context })
  const id = randomUUID()
  const keyCipher = await sealKey(freshKey(), id)
  const job = await db().$transaction(async (tx) => {
    const made = await insertJob(tx, { name: 'serve-model', projectId: null, subjectId: id, writer: { kind: 'engine', modelId }, idempotencyKey: workKey('serve-model', modelId, id) })
    await tx.serving.create({ data: { id, modelId, adapterIds, context, keyCipher, jobId: made.id } })
    await announce(tx, { project: null, topic: 'engine', id })
    return made
  })
  await ring(job)
  return { id }
}

async function serveAgain(known: Serving, order: Pick<ServingOrder, 'adapterIds' | 'context'>): Promise<{ id: string }> {
  const job = await reopen(known.jobId, async (tx) => void (await tx.serving.update({ where: { id: known.id }, data: order })))
  if (job) await ring(job)
  else if (known.context !== order.context || known.adapterIds.join() !== order.adapterIds.join()) throw new MolianError('serving.running')
  return { id: known.id }
}

/** Ends the serving; what callers are being answered breaks off. */
export async function stopServing(id: string): Promise<void> {
  await requestStop((await found(id)).jobId, 'cancel')
}

/** The key that callers name. */
export async function keyOf(id: string): Promise<string> {
  return openKey((await found(id)).keyCipher, id)
}

/** Makes another key in the old one's stead; a worker that serves the model goes by it from then on. */
export async function renewKey(id: string): Promise<void> {
  const { jobId } = await found(id)
  await db().serving.update({ where: { id }, data: { keyCipher: await sealKey(freshKey(), id) } })
  await announce(db(), { project: null, topic: 'steer', id: jobId })
  await announce(db(), { project: null, topic: 'engine', id })
}

async function found(id: string): Promise<Serving> {
  const serving = await db().serving.findUnique({ where: { id } })
  if (!serving) throw new MolianError('run.missing', { what: 'model' })
  return serving
}

async function checkOrder(modelId: string, adapterIds: readonly string[]): Promise<void> {
  const model = await db().model.findUnique({ where: { id: modelId } })
  if (!model) throw new MolianError('run.missing', { what: 'model' })
  if (model.deletedAt || (model.kind === 'merged' && model.sha256 === null)) throw new MolianError('model.deleted', { name: model.name })
  const adapters = await adaptersOf(adapterIds)
  if (adapters.length !== adapterIds.length || adapters.some((adapter) => baseOf(adapter).id !== modelId)) throw new MolianError('run.missing', { what: 'adapter' })
}

/** In the order of the ids; those whose files are gone left out. */
async function adaptersOf(ids: readonly string[]): Promise<AdapterWithOrigin[]> {
  const rows = await db().adapter.findMany({ where: { id: { in: [...ids] }, deletedAt: null }, include: withOrigin })
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? [])
}

function freshKey(): string {
  return `molian-${randomBytes(24).toString('base64url')}`
}
