'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { duplicateSettings } from '@/lib/settings/duplicates'
import { keepAll, keeperSchema, keepOne, keepOneOfEach, undoDecision, undoLastDecision } from '@/lib/stages/novels/duplicate-decisions'
import { duplicateLevels, startDuplicateSearch } from '@/lib/stages/novels/duplicates'

const asked = z.object({ projectId: z.uuid(), likeness: z.coerce.number().pipe(duplicateSettings.shape.likeness), passageSetId: z.uuid().optional() })

/** Queues the comparison; the same one asked for again leads to what there is. */
export async function findDuplicates(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, passageSetId, likeness } = await parseForm(asked, form)
    await startDuplicateSearch(projectId, { likeness }, passageSetId)
    revalidatePath(`/projects/${projectId}`, 'layout')
    redirect(`/projects/${projectId}/novels/duplicates`)
  })
}

const ofGroup = z.object({ projectId: z.uuid(), groupId: z.coerce.number().int(), keep: z.coerce.number().int().optional() })

/** Keeps one member of a group (`keep`), or all of them where none is named. */
export async function decideOnGroup(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, groupId, keep } = await parseForm(ofGroup, form)
    await (keep === undefined ? keepAll(projectId, groupId) : keepOne(projectId, groupId, keep))
    revalidatePath(`/projects/${projectId}`, 'layout')
    const message = (await getTranslator('duplicates'))(keep === undefined ? 'keptAll' : 'keptOne')
    return { message, undo: { action: undoOfGroup, values: { projectId, groupId } } }
  })
}

/** Takes the decision on a group back. */
export async function undoOfGroup(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, groupId } = await parseForm(ofGroup, form)
    await undoDecision(projectId, groupId)
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('duplicates'))('undone')
  })
}

const ofLevel = z.object({ projectId: z.uuid(), searchId: z.uuid(), level: z.enum(duplicateLevels) })

/** Keeps the first or longest of every group of the level that is to be decided. */
export async function decideOnAll(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, searchId, level, keeper } = await parseForm(ofLevel.extend({ keeper: keeperSchema }), form)
    const count = await keepOneOfEach(projectId, searchId, level, keeper)
    revalidatePath(`/projects/${projectId}`, 'layout')
    const message = (await getTranslator('duplicates'))('bulkDone', { count })
    return count === 0 ? message : { message, undo: { action: undoLast, values: { projectId, searchId, level } } }
  })
}

/** Takes back what was decided at once, last of all. */
export async function undoLast(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, searchId, level } = await parseForm(ofLevel, form)
    const count = await undoLastDecision(projectId, searchId, level)
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('duplicates'))('undoLastDone', { count })
  })
}
