'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { storyFlaws } from '@/lib/llm/story-flaws'
import { rewriteRule } from '@/lib/settings/rewrites'
import { writeWhole } from '@/lib/stages/stories/preview'
import { startRewrite } from '@/lib/stages/stories/rewrites'
import { pauseStories, resumeStories } from '@/lib/stages/stories/steering'
import { chooseTry, type ChosenBefore, editStory, redoEdit, type StoryPlace, undoEdit } from '@/lib/stages/stories/tries'

const ofRun = z.object({ projectId: z.uuid(), storyRunId: z.uuid() })
const ofRow = ofRun.extend({ row: z.coerce.number().int().min(0) })

const choice = z.object({ number: z.coerce.number().int().min(1).optional(), byPerson: z.enum(['yes', 'no']).default('yes'), back: z.enum(['yes', 'no']).default('no') })

/** Makes a try the story of its row, the best by the measures where no number is given. */
export async function chooseStoryTry(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const place = await parseForm(ofRow, form)
    const { number, byPerson, back } = await parseForm(choice, form)
    const before = await chooseTry(place, number === undefined ? 'best' : { number, byPerson: byPerson === 'yes' })
    return undoable('tryChosen', place, before, back === 'yes')
  })
}

const edit = ofRow.extend({ text: z.string().default(''), madeOf: z.coerce.number().int().min(1) })

/** Keeps a person's text as the row's story; undoing it goes back to the try that it was made of. */
export async function saveStoryEdit(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { text, madeOf, ...place } = await parseForm(edit, form)
    return undoable('editSaved', place, await editStory(place, { text, madeOf }))
  })
}

/** Goes back from a person's text to the try that it was made of. */
export async function undoStoryEdit(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const place = await parseForm(ofRow, form)
    return undoable('editUndone', place, await undoEdit(place), true)
  })
}

/** Takes a person's text again after it was undone. */
export async function redoStoryEdit(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const place = await parseForm(ofRow, form)
    return undoable('editRedone', place, await redoEdit(place))
  })
}

/** `isBack`: this itself took something back, so that its undoing does that again. */
async function undoable(word: 'tryChosen' | 'editSaved' | 'editUndone' | 'editRedone', place: StoryPlace, before: ChosenBefore, isBack = false) {
  const message = (await getTranslator('story-tries'))(word, { row: place.row + 1 })
  return { message, undo: { action: chooseStoryTry, values: { ...place, number: before.number, byPerson: before.byPerson ? 'yes' : 'no', back: isBack ? 'no' : 'yes' }, again: isBack } }
}

const ticked = z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(z.enum([...storyFlaws, 'off-premise'])))
const ruleForm = z.object({
  flaws: ticked,
  adherencePercent: z.coerce.number().gt(0).max(100).default(50),
  tries: z.coerce.number().pipe(rewriteRule.shape.tries),
  continueCutOff: z.enum(['on']).optional(),
})

/** Has the stories that are as the ticked rule says asked for again. */
export async function rewriteFlagged(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, storyRunId } = await parseForm(ofRun, form)
    const { flaws, adherencePercent, tries, continueCutOff } = await parseForm(ruleForm, form)
    await startRewrite(projectId, storyRunId, {
      flaws: storyFlaws.filter((flaw) => flaws.includes(flaw)),
      adherenceBelow: flaws.includes('off-premise') ? adherencePercent / 100 : null,
      tries,
      continueCutOff: continueCutOff === 'on',
      rows: null,
    })
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('story-tries'))('rewriteQueued')
  })
}

/** One further try for one row: written anew, or gone on with where it was cut off. */
export async function rewriteRowAgain(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, storyRunId, row, how } = await parseForm(ofRow.extend({ how: z.enum(['write', 'continue']) }), form)
    await startRewrite(projectId, storyRunId, { flaws: [], adherenceBelow: null, tries: 1, continueCutOff: how === 'continue', rows: [row] })
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('story-tries'))('rewriteQueued')
  })
}

/** Has all the other rows of a preview written. */
export async function writeAllRows(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, storyRunId } = await parseForm(ofRun, form)
    await writeWhole(projectId, storyRunId)
    revalidatePath(`/projects/${projectId}`, 'layout')
  })
}

/** Lets the stories in flight end and asks for no more. */
export async function pauseWriting(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, jobId } = await parseForm(z.object({ projectId: z.uuid(), jobId: z.uuid() }), form)
    await pauseStories(projectId, jobId)
    revalidatePath(`/projects/${projectId}`, 'layout')
  })
}

/** Goes on with a paused run from what is written. */
export async function resumeWriting(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, jobId } = await parseForm(z.object({ projectId: z.uuid(), jobId: z.uuid() }), form)
    await resumeStories(projectId, jobId)
    revalidatePath(`/projects/${projectId}`, 'layout')
  })
}
