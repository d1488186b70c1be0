'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { deleteEndpoint } from '@/lib/llm/endpoints'
import { removePrice } from '@/lib/stages/premises/prices'

const chosen = z.object({ endpointId: z.uuid() })

/** Takes an endpoint and its key away; what was written with it stays. */
export async function removeEndpoint(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    await deleteEndpoint((await parseForm(chosen, form)).endpointId)
    revalidatePath('/', 'layout')
    return (await getTranslator('settings'))('deleted')
  })
}

const priced = chosen.extend({ model: z.string().min(1) })

/** Takes a model's price out; runs that reckon with it keep it. */
export async function removeModelPrice(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { endpointId, model } = await parseForm(priced, form)
    await removePrice(endpointId, model)
    revalidatePath('/', 'layout')
    return (await getTranslator('settings'))('priceRemoved')
  })
}
