'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { currentPassageSettings } from '@/app/projects/[projectId]/_current-passage-settings'
import type { ActionState } from '@/app/_guard/action-state'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { chapterFilter, chapterWord } from '@/lib/settings/chapter-filter'
import { refusal } from '@/lib/settings/refusal'
import { decide, undoDecision } from '@/lib/stages/novels/decisions'
import { startRevisionRun, undoRevisionRun } from '@/lib/stages/novels/revision-runs'
import { clutterKinds } from '@/lib/text/clutter'

const word = z
  .string()
  .transform((said) => {
    const [kind, value] = said.split(':')
    return { kind, [kind ?? '']: kind === 'register' && value === 'measured' ? null : value }
  })
  .pipe(chapterWord)
const decision = z.object({ projectId: z.uuid(), filter: z.string().transform(parsed).pipe(chapterFilter), word })

function parsed(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', ...refusal('What was sent is not valid JSON.', '送来的内容不是有效的 JSON。') })
    return z.NEVER
  }
}

/** Puts a word on everything that the filter, or what is ticked of it, names. */
export async function decideByFilter(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const said = await parseForm(decision, form)
    const { novels: settings } = await currentPassageSettings(said.projectId)
    const { id: decisionId, chapters, novels } = await decide(said.projectId, said.filter, said.word, settings)
    revalidatePath(`/projects/${said.projectId}`, 'layout')
    const message = (await getTranslator('library'))('decided', { chapters, novels })
    return { message, undo: { action: takeBackDecision, values: { projectId: said.projectId, decisionId } } }
  })
}

const undoneDecision = z.object({ projectId: z.uuid(), decisionId: z.coerce.number().int().positive() })

export async function takeBackDecision(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, decisionId } = await parseForm(undoneDecision, form)
    await undoDecision(projectId, decisionId)
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('reading'))('undone')
  })
}

const novelIds = z.string().transform((text) => text.split(',').map(Number)).pipe(z.array(z.number().int().positive()).min(1))
const kinds = z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.enum(clutterKinds)).min(1))
const revision = z.discriminatedUnion('kind', [
  z.object({ projectId: z.uuid(), kind: z.literal('clean'), kinds, novels: novelIds }),
  z.object({ projectId: z.uuid(), kind: z.literal('simplify'), novels: novelIds }),
  z.object({ projectId: z.uuid(), kind: z.literal('measure') }),
])

/** Queues the cleaning, simplifying or measuring of novels. */
export async function reviseByFilter(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const said = await parseForm(revision, form)
    if (said.kind === 'clean') await startRevisionRun(said.projectId, { kind: 'clean', kinds: said.kinds, novelIds: said.novels })
    else if (said.kind === 'simplify') await startRevisionRun(said.projectId, { kind: 'simplify', novelIds: said.novels })
    else await startRevisionRun(said.projectId, { kind: 'measure', novelIds: null })
    revalidatePath(`/projects/${said.projectId}`, 'layout')
    return (await getTranslator('library'))('started')
  })
}

const undoneRun = z.object({ projectId: z.uuid(), runId: z.uuid() })

export async function takeBackRun(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, runId } = await parseForm(undoneRun, form)
    const { undone, stood } = await undoRevisionRun(projectId, runId)
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('library'))('runUndone', { undone, stood })
  })
}
