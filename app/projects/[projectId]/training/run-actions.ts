'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { describeTraining, runName, runNote, runTag, tagTraining, untagTraining } from '@/lib/stages/training/run-words'

const chosen = { projectId: z.uuid(), runId: z.uuid() }
const described = z.object({ ...chosen, name: runName, note: runNote })
const tagged = z.object({ ...chosen, tag: runTag })

/** Keeps a name and a note beside a run. */
export async function describeRun(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, runId, ...words } = await parseForm(described, form)
    await describeTraining(projectId, runId, words)
    revalidatePath(`/projects/${projectId}/training`, 'layout')
    return (await getTranslator('training'))('wordsKept')
  })
}

/** Adds a tag to a run. */
export async function tagRun(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, runId, tag } = await parseForm(tagged, form)
    await tagTraining(projectId, runId, tag)
    revalidatePath(`/projects/${projectId}/training`, 'layout')
    return (await getTranslator('training'))('tags.added', { tag })
  })
}

/** Takes a tag off a run. */
export async function untagRun(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, runId, tag } = await parseForm(tagged, form)
    await untagTraining(projectId, runId, tag)
    revalidatePath(`/projects/${projectId}/training`, 'layout')
    return (await getTranslator('training'))('tags.removed', { tag })
  })
}
