'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { guardAction } from '@/app/_guard/guard-action'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { errorLocale } from '@/app/_i18n/locale'
import { getLocale, getTranslator } from '@/app/_i18n/server'
import { asMolianError } from '@/lib/errors'
import { requestEngineStop } from '@/lib/stages/engine/engine-row'
import { keyOf, renewKey, startServing, stopServing } from '@/lib/stages/engine/servings'

const ofDevice = z.object({ device: z.string().min(1) })
const ofServing = z.object({ servingId: z.uuid() })
const many = z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(z.uuid()))
const servingForm = z.object({ modelId: z.uuid(), adapterIds: many, context: z.coerce.number().int().min(512).max(131_072) })

/** Ends an engine that nobody uses. */
export async function stopEngine(_: ActionState, form: FormData): Promise<ActionState> {
  return acted('stopAsked', async () => requestEngineStop((await parseForm(ofDevice, form)).device))
}

/** Serves a model for other programs from now on. */
export async function serve(_: ActionState, form: FormData): Promise<ActionState> {
  return acted('serveAsked', async () => void (await startServing(await parseForm(servingForm, form))))
}

/** Ends the serving of a model. */
export async function endServing(_: ActionState, form: FormData): Promise<ActionState> {
  return acted('endAsked', async () => stopServing((await parseForm(ofServing, form)).servingId))
}

/** Makes the key anew; the old one opens nothing any more. */
export async function renew(_: ActionState, form: FormData): Promise<ActionState> {
  return acted('keyRenewed', async () => renewKey((await parseForm(ofServing, form)).servingId))
}

export type KeyAnswer = { ok: true; key: string } | { ok: false; error: string }

/** The key itself, for the one who asks for it on the page; no page has it in it. */
export async function readKey(servingId: string): Promise<KeyAnswer> {
  try {
    await guardAction()
    return { ok: true, key: await keyOf(z.uuid().parse(servingId)) }
  } catch (error) {
    return { ok: false, error: asMolianError(error).sentence(errorLocale(await getLocale())) }
  }
}

async function acted(word: 'stopAsked' | 'serveAsked' | 'endAsked' | 'keyRenewed', work: () => Promise<void>): Promise<ActionState> {
  return runAction(async () => {
    await work()
    revalidatePath('/', 'layout')
    return (await getTranslator('engine'))(word)
  })
}
