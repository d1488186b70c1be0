'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { notePromptVersion } from '@/lib/stages/prompts/prompts'

const noted = z.object({ projectId: z.uuid(), promptVersionId: z.uuid(), note: z.string().trim().max(200).default('') })

/** Puts a person's word beside a version of a prompt; an empty one takes it away. */
export async function noteVersion(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, promptVersionId, note } = await parseForm(noted, form)
    await notePromptVersion(projectId, promptVersionId, note)
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('prompts'))('noteSaved')
  })
}
