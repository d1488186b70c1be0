'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { dropKept, keepResult, keptNote } from '@/lib/stages/playground/kept-results'

const kept = z.object({
  projectId: z.uuid(),
  playId: z.uuid(),
  place: z.coerce.number().int().min(0),
  /** `training.ID` or `story.ID`. */
  on: z.string().regex(/^(training|story)\.[0-9a-f-]{36}$/),
  note: keptNote.default(''),
})

/** Keeps a play's result on a run, with a word about it. */
export async function keepPlayed(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, playId, place, on, note } = await parseForm(kept, form)
    const [kind, id = ''] = on.split('.')
    await keepResult(projectId, playId, place, { kind: kind === 'training' ? 'training' : 'story', id }, note)
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('playground'))('kept')
  })
}

const dropped = z.object({ projectId: z.uuid(), keptId: z.uuid() })

/** Takes a kept result off its run; the play itself stays. */
export async function dropPlayed(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, keptId } = await parseForm(dropped, form)
    await dropKept(projectId, keptId)
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('playground'))('dropped')
  })
}
