'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { atField } from '@/app/_guard/at-field'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { createEndpoint, endpointForm, testEndpoint } from '@/lib/llm/endpoints'
import { priceForm, savePrice } from '@/lib/stages/prices'

/** Stores an endpoint with its key sealed. */
export async function addEndpoint(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const wanted = await parseForm(endpointForm.extend({ key: z.string().default('') }), form)
    const made = () => createEndpoint(wanted)
    const named = () => atField('name', 'endpoint.name-taken', made)
    const opened = () => atField('key', 'endpoint.bad-key', named)
    const endpoint = await atField('baseUrl', 'endpoint.bad-url', opened)
    revalidatePath('/', 'layout')
    return (await getTranslator('writer'))('added', { name: endpoint.name })
  })
}

const trial = z.object({ endpointId: z.uuid(), endpointModel: z.string().trim().min(1) })

/** Asks the endpoint for one word, and says how long it took or what is wrong. */
export async function tryEndpoint(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { endpointId, endpointModel } = await parseForm(trial, form)
    const { latencyMs, servedModel } = await testEndpoint(endpointId, endpointModel)
    return (await getTranslator('writer'))('answered', { model: servedModel, latency: latencyMs })
  })
}

/** Enters what a model costs for a million tokens; runs that have no price yet reckon with it from now on. */
export async function enterPrice(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const price = await parseForm(priceForm, form)
    await savePrice(price)
    revalidatePath('/', 'layout')
    return (await getTranslator('writer'))('priceSaved', { model: price.model })
  })
}
