'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { promptOfForm } from '@/app/projects/[projectId]/premises/_prompt-form'
import type { ActionState } from '@/app/_guard/action-state'
import { atField } from '@/app/_guard/at-field'
import { guardAction } from '@/app/_guard/guard-action'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { settingsForm } from '@/app/_settings/setting-spec'
import { chosenWriterOf } from '@/app/_writer/chosen-writer'
import { premiseMessages, premiseText } from '@/lib/llm/prompts'
import { premiseSampling } from '@/lib/settings/premises'
import { listPassages } from '@/lib/stages/passages'
import { startPremises } from '@/lib/stages/premises'
import { savePremisePrompt } from '@/lib/stages/prompts'

const order = z.object({ projectId: z.uuid(), intent: z.enum(['save', 'start']) })
const chosenSet = z.object({ passageSetId: z.uuid() })
const samplingSchema = settingsForm(premiseSampling)

/** Keeps the prompt as a version and, where the button says so, starts a run with it. */
export async function submitPremises(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, intent } = await parseForm(order, form)
    const prompt = promptOfForm(form)
    const version = await atField('template', 'prompt.', () => savePremisePrompt(projectId, prompt))
    const t = await getTranslator('premises')
    if (intent === 'save') {
      revalidatePath(`/projects/${projectId}`, 'layout')
      return t('saved', { version: version.version })
    }
    const { passageSetId } = await parseForm(chosenSet, form)
    const sampling = await parseForm(samplingSchema, form)
    const writer = await atField('engineModel', 'model.', () => chosenWriterOf(form))
    const run = await startPremises(projectId, { passageSetId, promptVersionId: version.id, settings: { writer, sampling } })
    revalidatePath(`/projects/${projectId}`, 'layout')
    return t('started', { ordinal: run.ordinal })
  })
}

const asked = z.object({ passageSetId: z.uuid(), style: z.enum(['chat', 'completions']) })
const previews = 5

/** The prompt as the model would read it, for the first passages of the set. */
export async function previewPrompt(form: FormData): Promise<{ ordinal: number; text: string }[]> {
  await guardAction()
  const { passageSetId, style } = await parseForm(asked, form)
  const prompt = promptOfForm(form)
  const passages = await listPassages(passageSetId, { take: previews, skip: 0 })
  return passages.map((passage) => {
    const place = { passage: passage.text, title: passage.novel, chapter: passage.chapter }
    const text = style === 'completions' ? premiseText(prompt, place) : premiseMessages(prompt, place).map(({ role, content }) => `[${role}]\n${content}`).join('\n\n')
    return { ordinal: passage.ordinal, text }
  })
}
