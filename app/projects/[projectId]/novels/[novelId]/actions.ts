'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import type { ActionState, Undo } from '@/app/_guard/action-state'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import type { Revision } from '@/lib/generated/prisma/client'
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
    const made = (): Promise<Revision> => {
      switch (change) {
        case 'merge-previous':
          return mergeChapters(projectId, chapterId, 'previous')
        case 'merge-next':
          return mergeChapters(projectId, chapterId, 'next')
        case 'join':
          return joinToPrevious(projectId, chapterId)
        case 'rename':
          return renameChapter(projectId, chapterId, heading)
        case 'split':
          return splitChapter(projectId, chapterId, at, line ? { line: true } : { line: false, words: heading.trim() })
      }
    }
    return changed(projectId, await made())
  })
}

async function changed(projectId: string, revision: Revision): Promise<{ message: string; undo: Undo }> {
  revalidatePath(`/projects/${projectId}`, 'layout')
  return { message: (await getTranslator('reading'))('changed'), undo: { action: undoChange, values: { projectId, revisionId: revision.id } } }
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
    return changed(projectId, await cleanPlace(projectId, chapterId, start, end))
  })
}

/** Says that a place is no clutter, or takes that back. */
export async function keepHere(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, chapterId, start, end, keeps } = await parseForm(place.extend({ keeps: z.enum(['yes', 'no']) }), form)
    await keepPlace(projectId, chapterId, start, end, keeps === 'yes')
    revalidatePath(`/projects/${projectId}`, 'layout')
    const message = (await getTranslator('reading'))(keeps === 'yes' ? 'isKept' : 'isClutter')
    return { message, undo: { action: keepHere, values: { projectId, chapterId, start, end, keeps: keeps === 'yes' ? 'no' : 'yes' } } }
  })
}
