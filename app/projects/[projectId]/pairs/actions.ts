'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { settingsForm } from '@/app/_settings/setting-spec'
import { pairSettings } from '@/lib/settings/pairs'
import { decidePair, startDataset, verdictSchema } from '@/lib/stages/pairs'

const chosen = z.object({ projectId: z.uuid(), premiseId: z.coerce.number().int() })
const word = z.object({ verdict: verdictSchema.optional(), edited: z.string().trim().max(500).optional(), takeBack: z.literal('edited').optional() })

/** A person's word on a pair: keep, reject, another premise, or back to what was written. */
export async function decideOnPair(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, premiseId } = await parseForm(chosen, form)
    const { verdict, edited, takeBack } = await parseForm(word, form)
    await decidePair(projectId, premiseId, { verdict, edited: takeBack ? null : edited })
    revalidatePath(`/projects/${projectId}`, 'layout')
  })
}

const order = z.object({ projectId: z.uuid(), premiseRunId: z.uuid() })
const settingsSchema = settingsForm(pairSettings)

/** Freezes the pairs as they stand; the same pairs again are the version that there is. */
export async function freezePairs(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, premiseRunId } = await parseForm(order, form)
    const version = await startDataset(projectId, premiseRunId, await parseForm(settingsSchema, form))
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('pairs'))('freezing', { ordinal: version.ordinal })
  })
}
