'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { deletePairImport, pairReadingSchema, rereadPairs } from '@/lib/stages/pairs/imports'

const ofImport = z.object({ projectId: z.uuid(), importId: z.uuid() })
const asFormat = z.object({ format: z.union([z.literal('detected'), pairReadingSchema]) })

/** Reads a file again as what a person says it is. */
export async function rereadAs(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, importId } = await parseForm(ofImport, form)
    const { format } = await parseForm(asFormat, form)
    await rereadPairs(projectId, importId, format === 'detected' ? null : format)
    revalidatePath(`/projects/${projectId}/pairs`, 'layout')
  })
}

/** Removes a file and its pairs; frozen versions keep theirs. */
export async function removeImport(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, importId } = await parseForm(ofImport, form)
    await deletePairImport(projectId, importId)
    revalidatePath(`/projects/${projectId}/pairs`, 'layout')
    return (await getTranslator('pairs'))('removed')
  })
}
