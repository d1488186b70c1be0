'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { decideChapter, decideNovel, registerSchema, roleSchema, takingSchema } from '@/lib/stages/novels/novels'

const novelWord = z.object({ projectId: z.uuid(), novelId: z.coerce.number().int(), taking: takingSchema.optional(), role: roleSchema.optional() })

/** A person's word on a novel: in or out, training or validation. */
export async function decideOnNovel(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, novelId, ...word } = await parseForm(novelWord, form)
    const before = await decideNovel(projectId, novelId, word)
    revalidatePath(`/projects/${projectId}`, 'layout')
    if (!before) return
    const values = { projectId, novelId, ...(word.taking && { taking: before.taking }), ...(word.role && { role: before.role }) }
    return { message: (await getTranslator('novels'))('decided'), undo: { action: decideOnNovel, values } }
  })
}

const chapterWord = z.object({
  projectId: z.uuid(),
  chapterId: z.coerce.number().int(),
  taking: takingSchema.optional(),
  role: roleSchema.optional(),
  register: z.union([registerSchema, z.literal('measured').transform(() => null)]).optional(),
})

/** A person's word on a chapter; the register `measured` goes back to what was measured. */
export async function decideOnChapter(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, chapterId, ...word } = await parseForm(chapterWord, form)
    const before = await decideChapter(projectId, chapterId, word)
    revalidatePath(`/projects/${projectId}`, 'layout')
    if (!before) return
    const { taking, role, registerByPerson } = before
    const values = { projectId, chapterId, ...(word.taking && { taking }), ...(word.role && { role }), ...(word.register !== undefined && { register: registerByPerson ?? 'measured' }) }
    return { message: (await getTranslator('novels'))('decided'), undo: { action: decideOnChapter, values } }
  })
}
