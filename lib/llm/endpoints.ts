import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { Prisma, type Endpoint } from '@/lib/generated/prisma/client'
import { log } from '@/lib/log'
import type { Server } from '@/lib/llm/ask'
import { checkBaseUrl, checkKey } from '@/lib/llm/base-url'
import type { Limits } from '@/lib/llm/limiter/limiter'
import { openKey, sealKey } from '@/lib/llm/keys'

/** What may be shown of an endpoint: never its key. */
export type ShownEndpoint = Omit<Endpoint, 'keyCipher'>

/** The same as a list shows it, with whether there is a key: the last characters of a short one are not shown either. */
export type ListedEndpoint = ShownEndpoint & { hasKey: boolean }

/** More than this are no list that a person keeps by hand. */
const mostAddresses = 64

/** Further addresses as a form gives them: none, one, or several; empty ones are left out. */
const addresses = z
  .union([z.array(z.string()), z.string()])
  .default([])
  .transform((given) => [given].flat().map((url) => url.trim()).filter((url) => url !== ''))
  .pipe(z.array(z.string()).max(mostAddresses))

const perMinute = z.coerce.number().int().min(1).max(1_000_000_000).nullable().default(null)

export const endpointForm = z.object({
  name: z.string().trim().min(1).max(60),
  baseUrl: z.string().trim().min(1),
  otherUrls: addresses,
  style: z.enum(['chat', 'completions']),
  key: z.string(),
  requestsPerMinute: perMinute,
  tokensPerMinute: perMinute,
})

export async function listEndpoints(): Promise<ListedEndpoint[]> {
  const endpoints = await db().endpoint.findMany({ orderBy: { name: 'asc' } })
  return endpoints.map(({ keyCipher, ...shown }) => ({ ...shown, hasKey: keyCipher !== null }))
}

/** Stores an endpoint, its key sealed. Throws endpoint.bad-url, endpoint.bad-key, endpoint.name-taken. */
export async function createEndpoint(form: z.input<typeof endpointForm>): Promise<ShownEndpoint> {
  const id = randomUUID()
  const { key, ...rest } = endpointForm.parse(form)
  const data = { id, ...rest, ...checkedAddresses(rest), ...(await sealed(key, id)) }
  return named(form.name, () => db().endpoint.create({ data, omit: { keyCipher: true } }))
}

/**
 * Changes an endpoint. An empty key leaves the stored one, unless `forgetKey` is set, or an address now leads to
 * another host: a key goes only to those for which it was entered. What was found out about the old server is forgotten
 * with its address. Throws as createEndpoint does, and endpoint.missing.
 */
export async function updateEndpoint(id: string, form: z.input<typeof endpointForm>, forgetKey = false): Promise<ShownEndpoint> {
  const { key, ...rest } = endpointForm.parse(form)
  const before = await db().endpoint.findUnique({ where: { id }, select: { baseUrl: true, otherUrls: true } })
  if (!before) throw new MolianError('endpoint.missing', { endpoint: id })
  const { baseUrl, otherUrls } = checkedAddresses(rest)
  const known = new Set([before.baseUrl, ...before.otherUrls].map((url) => new URL(url).origin))
  const isElsewhere = [baseUrl, ...otherUrls].some((url) => !known.has(new URL(url).origin))
  const keys = key.trim() !== '' || forgetKey || isElsewhere ? await sealed(forgetKey ? '' : key, id) : {}
  const found = baseUrl === before.baseUrl ? {} : { takesJsonSchema: null, jsonSchemaReason: null }
  return named(form.name, () => db().endpoint.update({ where: { id }, data: { ...rest, baseUrl, otherUrls, ...keys, ...found }, omit: { keyCipher: true } }))
}

/** Each address as it may be used, every one once. Throws endpoint.bad-url. */
function checkedAddresses(given: { baseUrl: string; otherUrls: readonly string[] }): { baseUrl: string; otherUrls: string[] } {
  const baseUrl = checkBaseUrl(given.baseUrl)
  return { baseUrl, otherUrls: [...new Set(given.otherUrls.map(checkBaseUrl))].filter((url) => url !== baseUrl) }
}

async function named<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') throw new MolianError('endpoint.name-taken', { name }, { cause: error })
    throw error
  }
}

/**
 * The endpoint of that address, made or given the new key: what the command line means by baseUrl and keyFrom. Without a
 * key it is one that has none: a key stored for the same address is not used unasked.
 */
export async function endpointAt(baseUrl: string, style: 'chat' | 'completions', key: string | null): Promise<ShownEndpoint> {
  const url = checkBaseUrl(baseUrl)
  const name = new URL(url).host
  const known = await db().endpoint.findFirst({ where: { baseUrl: url, otherUrls: { isEmpty: true }, style, keyCipher: key === null ? null : { not: null } }, orderBy: { createdAt: 'asc' } })
  if (!known) return createEndpoint({ name: `${name} (${style}, ${randomUUID().slice(0, 4)})`, baseUrl: url, style, key: key ?? '' })
  if (key === null) return known
  return db().endpoint.update({ where: { id: known.id }, data: await sealed(key, known.id), omit: { keyCipher: true } })
}

/** What an endpoint is called. Throws endpoint.missing. */
export async function endpointName(id: string): Promise<string> {
  const endpoint = await db().endpoint.findUnique({ where: { id }, select: { name: true } })
  if (!endpoint) throw new MolianError('endpoint.missing', { endpoint: id })
  return endpoint.name
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

/** For the worker alone: every address, the first one first, with the opened key. */
export async function serversOf(endpointId: string, model: string): Promise<[Server, ...Server[]]> {
  const endpoint = await db().endpoint.findUnique({ where: { id: endpointId } })
  if (!endpoint) throw new MolianError('endpoint.missing', { endpoint: endpointId })
  const key = endpoint.keyCipher ? await openKey(endpoint.keyCipher, endpoint.id) : null
  const at = (baseUrl: string): Server => ({ baseUrl, key, model })
  return [at(endpoint.baseUrl), ...endpoint.otherUrls.map(at)]
}

/** What an endpoint's owner says that each of its addresses allows in a minute. */
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
