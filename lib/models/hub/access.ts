import { z } from 'zod'
import { db } from '@/lib/db'
import { hubVariables } from '@/lib/env'
import type { Hub } from '@/lib/generated/prisma/client'
import { checkBaseUrl, checkKey } from '@/lib/llm/base-url'
import { openKey, sealKey } from '@/lib/llm/keys'
import { hubFacts, hubs, hubSchema } from '@/lib/models/hub/hubs'

/** A hub as the worker reaches it. */
export type HubDoor = { hub: Hub; baseUrl: string; token: string | null }

/** What may be shown of it: never the token. */
export type ShownHub = { hub: Hub; baseUrl: string; isOwnAddress: boolean; hasToken: boolean; tokenLastFour: string | null }

export const hubForm = z.object({ hub: hubSchema, baseUrl: z.string().trim().default(''), token: z.string().default(''), forgetToken: z.stringbool().default(false) })

/** Under which a token is sealed: one of another hub does not open. */
const sealOf = (hub: Hub) => `hub ${hub}`

export async function listHubs(): Promise<ShownHub[]> {
  const rows = await db().hubAccess.findMany()
  return hubs.map((hub) => {
    const row = rows.find((each) => each.hub === hub)
    return { hub, baseUrl: row?.baseUrl ?? defaultUrl(hub), isOwnAddress: !row?.baseUrl, hasToken: Boolean(row?.tokenCipher), tokenLastFour: row?.tokenLastFour ?? null }
  })
}

/**
 * Keeps a hub's address and token. An empty address is the hub's own; an empty token leaves the stored one, unless it is to be
 * forgotten or the address now leads to another host. Throws endpoint.bad-url and endpoint.bad-key.
 */
export async function saveHub({ hub, token = '', forgetToken = false, ...rest }: { hub: Hub; baseUrl: string; token?: string; forgetToken?: boolean }): Promise<void> {
  const before = (await doorRow(hub))?.baseUrl ?? defaultUrl(hub)
  const baseUrl = rest.baseUrl === '' || rest.baseUrl === defaultUrl(hub) ? null : checkBaseUrl(rest.baseUrl)
  const isElsewhere = new URL(before).origin !== new URL(baseUrl ?? defaultUrl(hub)).origin
  const isChanged = token.trim() !== '' || forgetToken || isElsewhere
  const data = { baseUrl, ...(isChanged ? await sealed(hub, forgetToken ? '' : token) : {}) }
  await db().hubAccess.upsert({ where: { hub }, create: { hub, ...data }, update: data })
}

/** Address and opened token, for the worker alone. */
export async function hubDoor(hub: Hub): Promise<HubDoor> {
  const row = await doorRow(hub)
  return { hub, baseUrl: row?.baseUrl ?? defaultUrl(hub), token: row?.tokenCipher ? await openKey(row.tokenCipher, sealOf(hub)) : null }
}

function doorRow(hub: Hub) {
  return db().hubAccess.findUnique({ where: { hub } })
}

/** As Hugging Face's own programs have it, a variable may name a mirror. */
function defaultUrl(hub: Hub): string {
  const given = hub === 'huggingface' ? hubVariables().huggingFaceUrl : null
  return given === null ? hubFacts[hub].url : checkBaseUrl(given)
}

async function sealed(hub: Hub, token: string): Promise<{ tokenCipher: Uint8Array<ArrayBuffer> | null; tokenLastFour: string | null }> {
  if (token.trim() === '') return { tokenCipher: null, tokenLastFour: null }
  const checked = checkKey(token)
  return { tokenCipher: await sealKey(checked, sealOf(hub)), tokenLastFour: checked.length >= 12 ? checked.slice(-4) : null }
}
