'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { promptField } from '@/app/projects/[projectId]/premises/_prompt-form'
import type { ActionState } from '@/app/_guard/action-state'
import { atField } from '@/app/_guard/at-field'
import { guardAction } from '@/app/_guard/guard-action'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { errorLocale } from '@/app/_i18n/locale'
import { getLocale, getTranslator } from '@/app/_i18n/server'
import { settingsForm } from '@/app/_settings/setting-spec'
import { chosenWriterOf } from '@/app/_writer/chosen-writer'
import { premisePrompt, premiseSampling, type PremisePrompt } from '@/lib/settings/premises'
import { presets } from '@/lib/settings/presets'
import { listPassageSets } from '@/lib/stages/passages'
import { startPremises } from '@/lib/stages/premises'
import { drawPassages, previewPrompt, type PromptPreview } from '@/lib/stages/prompt-preview'
import { PromptFault, savePremisePrompt } from '@/lib/stages/prompts'

const order = z.object({ projectId: z.uuid(), intent: z.enum(['save', 'start']) })
const promptForm = z.object({ prompt: promptField })
const chosenSet = z.object({ passageSetId: z.uuid() })
const samplingSchema = settingsForm(premiseSampling)

/** Keeps the prompt as a version and, where the button says so, starts a run with it. */
export async function submitPremises(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, intent } = await parseForm(order, form)
    const { prompt } = await parseForm(promptForm, form)
    const version = await savedPrompt(projectId, prompt)
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

/** Saves the words; what is wrong with them is said at the field that has it. */
async function savedPrompt(projectId: string, prompt: PremisePrompt) {
  try {
    return await savePremisePrompt(projectId, prompt)
  } catch (error) {
    if (!(error instanceof PromptFault)) throw error
    const message = error.sentence(errorLocale(await getLocale()))
    throw new z.ZodError([{ code: 'custom', path: ['prompt', ...error.field.split('.')], message, input: undefined }])
  }
}

const previewOrder = z.object({
  projectId: z.uuid(),
  passageSetId: z.uuid(),
  prompt: z.unknown(),
  style: premiseSampling.shape.style.catch('chat'),
  maxTokens: z.coerce.number().pipe(premiseSampling.shape.maxTokens).catch(presets.starter.premises.sampling.maxTokens),
  seed: z.coerce.number().pipe(premiseSampling.shape.seed).catch(presets.starter.premises.sampling.seed),
  engineModel: z.string().trim(),
  draw: z.int(),
})

export type PreviewAnswer = { kind: 'read'; preview: PromptPreview; isStale: boolean } | { kind: 'faulty' }

const previews = 5

/** What the model would read for a few passages of the set with a prompt as it is being written (JSON, as PromptPreview asks); `faulty` while it is none. */
export async function readPreview(text: string): Promise<PreviewAnswer> {
  await guardAction()
  const { projectId, passageSetId, draw, engineModel, prompt: words, ...settings } = previewOrder.parse(JSON.parse(text))
  const prompt = premisePrompt.safeParse(words)
  if (!prompt.success || !(await listPassageSets(projectId)).some(({ id }) => id === passageSetId)) return { kind: 'faulty' }
  const preview = await previewPrompt({
    passageSetId,
    passageIds: await drawPassages(passageSetId, previews, draw),
    prompt: prompt.data,
    sampling: { ...presets.starter.premises.sampling, ...settings },
    engineModel: engineModel === '' ? null : engineModel,
  })
  return { kind: 'read', preview, isStale: false }
}
