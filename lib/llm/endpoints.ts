import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { Prisma, type Endpoint } from '@/lib/generated/prisma/client'
import { askerFor } from '@/lib/llm/ask'
import { log } from '@/lib/log'
import { checkBaseUrl, checkKey } from '@/lib/llm/base-url'
import type { Limits } from '@/lib/llm/limiter/limiter'
import { openKey, sealKey } from '@/lib/llm/keys'

/** What may be shown of an endpoint: never its key. */
export type ShownEndpoint = Omit<Endpoint, 'keyCipher'>

export const endpointForm = z.object({
  name: z.string().trim().min(1).max(60),
  baseUrl: z.string().trim().min(1),
  style: z.enum(['chat', 'completions']),
  key: z.string(),
})

export async function listEndpoints(): Promise<ShownEndpoint[]> {
  return db().endpoint.findMany({ omit: { keyCipher: true }, orderBy: { name: 'asc' } })
}

/** Stores an endpoint, its key sealed. Throws endpoint.bad-url, endpoint.bad-key, endpoint.name-taken. */
export async function createEndpoint(form: z.infer<typeof endpointForm>): Promise<ShownEndpoint> {
  const id = randomUUID()
  try {
    return await db().endpoint.create({
      data: { id, name: form.name, baseUrl: checkBaseUrl(form.baseUrl), style: form.style, ...(await sealed(form.key, id)) },
      omit: { keyCipher: true },
    })
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
      throw new MolianError('endpoint.name-taken', { name: form.name }, { cause: error })
    }
    throw error
  }
}

/** The endpoint of that address, made or given the new key: what the command line means by baseUrl and keyFrom. */
export async function endpointAt(baseUrl: string, style: 'chat' | 'completions', key: string | null): Promise<ShownEndpoint> {
  const url = checkBaseUrl(baseUrl)
  const name = new URL(url).host
  const known = await db().endpoint.findFirst({ where: { baseUrl: url, style }, orderBy: { createdAt: 'asc' } })
  if (!known) return createEndpoint({ name: `${name} (${style}, ${randomUUID().slice(0, 4)})`, baseUrl: url, style, key: key ?? '' })
  if (!key) return known
  return db().endpoint.update({ where: { id: known.id }, data: await sealed(key, known.id), omit: { keyCipher: true } })
}

/** Forgets an endpoint and its key. Runs that it wrote stay, without it. */
export async function deleteEndpoint(id: string): Promise<void> {
  await db().endpoint.deleteMany({ where: { id } })
}

async function sealed(key: string, id: string): Promise<{ keyCipher: Uint8Array<ArrayBuffer> | null; keyLastFour: string | null }> {
  if (key.trim() === '') return { keyCipher: null, keyLastFour: null }
  const checked = checkKey(key)
  // A short key shown by its last four characters would be half given away.
  return { keyCipher: await sealKey(checked, id), keyLastFour: checked.length >= 12 ? checked.slice(-4) : null }
}

/** For the worker alone: address and opened key. */
export async function serverOf(endpointId: string, model: string): Promise<{ baseUrl: string; key: string | null; model: string }> {
  const endpoint = await db().endpoint.findUnique({ where: { id: endpointId } })
  if (!endpoint) throw new MolianError('endpoint.missing', { endpoint: endpointId })
  return { baseUrl: endpoint.baseUrl, key: endpoint.keyCipher ? await openKey(endpoint.keyCipher, endpoint.id) : null, model }
}

/** What an endpoint's owner says it allows in a minute. */
export async function limitsOf(endpointId: string): Promise<Limits> {
  const endpoint = await db().endpoint.findUnique({ where: { id: endpointId }, select: { requestsPerMinute: true, tokensPerMinute: true } })
  return endpoint ?? { requestsPerMinute: null, tokensPerMinute: null }
}

/** Keeps what a run found out about an endpoint and JSON schemas; a run does not wait for it, nor fail by it. */
export function noteJsonOutput(endpointId: string, takes: boolean, reason: string | null): void {
  db()
    .endpoint.updateMany({ where: { id: endpointId }, data: { takesJsonSchema: takes, jsonSchemaReason: reason } })
    .catch((error: unknown) => log.warn({ err: error, endpoint: endpointId }, 'whether the endpoint takes a JSON schema could not be kept'))
}

/** Asks for one word; throws what is wrong in words, or returns how long it took. */
export async function testEndpoint(endpointId: string, model: string): Promise<{ latencyMs: number; servedModel: string }> {
  const endpoint = await db().endpoint.findUnique({ where: { id: endpointId } })
  if (!endpoint) throw new MolianError('endpoint.missing', { endpoint: endpointId })
  const ask = askerFor(await serverOf(endpointId, model), { timeoutMs: 30_000, retries: 0 })
  const prompt = endpoint.style === 'chat'
    ? { style: 'chat' as const, messages: [{ role: 'user' as const, content: '你好' }] }
    : { style: 'completions' as const, text: '你好' }
  const answer = await ask({ prompt, temperature: 0, topP: 1, topK: 0, repetitionPenalty: 1, maxTokens: 4, seed: 1 }, AbortSignal.timeout(30_000))
  return { latencyMs: answer.latencyMs, servedModel: answer.servedModel }
}
