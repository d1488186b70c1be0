'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { joinToPrevious, mergeChapters, renameChapter, splitChapter } from '@/lib/stages/novels/chapters'
import { cleanPlace, keepPlace } from '@/lib/stages/novels/clutter'
import { undoRevision } from '@/lib/stages/novels/revisions'

const id = z.coerce.number().int().positive()
const chapterChange = z.object({
  projectId: z.uuid(),
  chapterId: id,
  change: z.enum(['merge-previous', 'merge-next', 'join', 'rename', 'split']),
  heading: z.string().default(''),
  line: z.literal('yes').optional(),
  at: z.coerce.number().int().nonnegative().default(0),
})

/** Merges, joins, renames or splits a chapter. */
export async function changeChapter(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, chapterId, change, heading, line, at } = await parseForm(chapterChange, form)
    switch (change) {
      case 'merge-previous':
        await mergeChapters(projectId, chapterId, 'previous')
        break
      case 'merge-next':
        await mergeChapters(projectId, chapterId, 'next')
        break
      case 'join':
        await joinToPrevious(projectId, chapterId)
        break
      case 'rename':
        await renameChapter(projectId, chapterId, heading)
        break
      case 'split':
        await splitChapter(projectId, chapterId, at, line ? { line: true } : { line: false, words: heading.trim() })
    }
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('reading'))('changed')
  })
}

const chosenRevision = z.object({ projectId: z.uuid(), revisionId: id })

/** Makes the chapters as they were before a change. */
export async function undoChange(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, revisionId } = await parseForm(chosenRevision, form)
    await undoRevision(projectId, revisionId)
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('reading'))('undone')
  })
}

const place = z.object({ projectId: z.uuid(), chapterId: id, start: z.coerce.number().int().nonnegative(), end: id })

/** Removes one place of clutter. */
export async function cleanHere(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, chapterId, start, end } = await parseForm(place, form)
    await cleanPlace(projectId, chapterId, start, end)
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('reading'))('changed')
  })
}

/** Says that a place is no clutter, or takes that back. */
export async function keepHere(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, chapterId, start, end, keeps } = await parseForm(place.extend({ keeps: z.enum(['yes', 'no']) }), form)
    await keepPlace(projectId, chapterId, start, end, keeps === 'yes')
    revalidatePath(`/projects/${projectId}`, 'layout')
  })
}
