'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { passageFields } from '@/app/projects/[projectId]/passages/_passage-query'
import type { ActionState } from '@/app/_guard/action-state'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { startPassages } from '@/lib/stages/passages'

const chosenProject = z.object({ projectId: z.uuid() })

/** Queues the cutting and shows the set; settings that were cut already lead to the set that there is. */
export async function cutPassages(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId } = await parseForm(chosenProject, form)
    const settings = await parseForm(passageFields, form)
    const set = await startPassages(projectId, settings)
    revalidatePath(`/projects/${projectId}`, 'layout')
    redirect(`/projects/${projectId}/passages?set=${set.ordinal}#sets`)
  })
}
