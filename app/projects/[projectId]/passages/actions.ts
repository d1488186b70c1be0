'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { faultSentences } from '@/app/projects/[projectId]/passages/_fault-sentence'
import { readSettings } from '@/app/projects/[projectId]/passages/_passage-query'
import { setNameOf } from '@/app/_passages/set-name'
import type { ActionState } from '@/app/_guard/action-state'
import { formValues, parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { MolianError } from '@/lib/errors'
import { longestSetName } from '@/lib/stages/passages/set-name'
import { deletePassageSet, renamePassageSet } from '@/lib/stages/passages/set-upkeep'
import { findPassageSet, type PassageSetWithJob, startPassages } from '@/lib/stages/passages/passages'

const name = z.string().trim().max(longestSetName).optional().transform((text) => text || null)
const chosenProject = z.object({ projectId: z.uuid(), name })
const chosenSet = z.object({ projectId: z.uuid(), ordinal: z.coerce.number().int().min(1) })

/** Queues the cutting, whose progress the page shows; settings that were cut already lead to the set that there is. */
export async function cutPassages(_: ActionState, form: FormData): Promise<ActionState> {
  const { settings, faults } = readSettings(formValues(form))
  if (!settings) {
    const fields = await faultSentences(faults)
    return { status: 'failed', error: Object.values(fields)[0] ?? '', fields, at: Date.now() }
  }
  return runAction(async () => {
    const chosen = await parseForm(chosenProject, form)
    const set = await startPassages(chosen.projectId, settings, chosen.name)
    revalidatePath(`/projects/${chosen.projectId}`, 'layout')
    const { job } = (await findPassageSet(chosen.projectId, set.ordinal)) ?? {}
    if (job?.state === 'succeeded') redirect(`/projects/${chosen.projectId}/passages/${set.ordinal}`)
    return (await getTranslator('passages'))('cutting')
  })
}

/** Another label for a set, or none. */
export async function renameSet(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const chosen = await parseForm(chosenSet.extend({ name }), form)
    const set = await setOf(chosen)
    await renamePassageSet(chosen.projectId, set.id, chosen.name)
    revalidatePath(`/projects/${chosen.projectId}`, 'layout')
    return (await getTranslator('passages'))('renamed')
  })
}

/** Deletes a set that nothing was made from, and leads to the list of those that are left. */
export async function deleteSet(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const chosen = await parseForm(chosenSet, form)
    const set = await setOf(chosen)
    await deletePassageSet(chosen.projectId, set.id)
    revalidatePath(`/projects/${chosen.projectId}`, 'layout')
    const t = await getTranslator('passages')
    return t('deleted', { name: setNameOf(t, set) })
  })
}

async function setOf({ projectId, ordinal }: z.output<typeof chosenSet>): Promise<PassageSetWithJob> {
  const set = await findPassageSet(projectId, ordinal)
  if (!set) throw new MolianError('run.missing', { what: 'passage set' })
  return set
}
