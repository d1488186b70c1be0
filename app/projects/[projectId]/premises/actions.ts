'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { missingWords } from '@/app/projects/[projectId]/premises/_missing-words'
import { promptField } from '@/app/projects/[projectId]/premises/_prompt-form'
import type { ActionState } from '@/app/_guard/action-state'
import { atField } from '@/app/_guard/at-field'
import { guardAction } from '@/app/_guard/guard-action'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { errorLocale } from '@/app/_i18n/locale'
import { getLocale, getTranslator } from '@/app/_i18n/server'
import type { Previewed } from '@/app/_prompts/use-preview'
import { settingsForm } from '@/app/_settings/setting-spec'
import { chosenWriterOf } from '@/app/_writer/chosen-writer'
import { premiseSampling, type PremisePrompt } from '@/lib/settings/premises'
import { presets } from '@/lib/settings/presets'
import { issueWords } from '@/lib/settings/issue-words'
import { passageSelection } from '@/lib/settings/selection'
import { listPassageSets } from '@/lib/stages/passages/passages'
import { startPremises } from '@/lib/stages/premises/premises'
import { drawPassages, previewPrompt, type PromptPreview } from '@/lib/stages/prompts/preview'
import { checkPremisePrompt, PromptFault, savePremisePrompt } from '@/lib/stages/prompts/prompts'
import { selectionTotals } from '@/lib/stages/premises/selected-passages'
import { contentsOfSet, type SetNovel } from '@/lib/stages/passages/set-contents'

const order = z.object({ projectId: z.uuid(), intent: z.enum(['save', 'start']) })
const promptForm = z.object({ prompt: promptField })
const chosenSet = z.object({
  passageSetId: z.uuid(),
  selection: z.string().transform((text): unknown => JSON.parse(text)).pipe(passageSelection).optional(),
  budget: z.coerce.number().positive().max(1_000_000_000).optional(),
})
const samplingSchema = settingsForm(premiseSampling)

/** Keeps the prompt as a version and, where the button says so, starts a run with it and opens that. */
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
    const { passageSetId, selection, budget = null } = await parseForm(chosenSet, form)
    const { jsonOutput, scoring, ...sampling } = await parseForm(samplingSchema, form)
    const writer = await atField('engineModel', 'model.', () => chosenWriterOf(form))
    // What is off is left out, so that such a run is the one it was before it could be on.
    const settings = { writer, sampling: { ...sampling, ...(jsonOutput ? { jsonOutput } : {}), ...(scoring ? { scoring } : {}) }, ...(selection ? { selection } : {}) }
    const run = await atField('budget', 'premises.budget', () => startPremises(projectId, { passageSetId, promptVersionId: version.id, settings, budget }))
    revalidatePath(`/projects/${projectId}`, 'layout')
    redirect(`/projects/${projectId}/premises/${run.id}`)
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

/** `leak` says which example gives a test premise away, while there is one. */
type PreviewAnswer = Previewed<{ preview: PromptPreview; leak: string | null }>

const previews = 5

/** What the model would read for a few passages of the set with a prompt as it is being written (JSON, as PromptPreview asks); `faulty` while it is none. */
export async function readPreview(text: string): Promise<PreviewAnswer> {
  await guardAction()
  const { projectId, passageSetId, draw, engineModel, prompt: words, ...settings } = previewOrder.parse(JSON.parse(text))
  const locale = errorLocale(await getLocale())
  const [t, ui] = await Promise.all([getTranslator('premises'), getTranslator('ui')])
  // Read as the form will be when it is sent: an example row that nothing was written in yet is none.
  const prompt = promptField.safeParse(JSON.stringify(words), { error: issueWords(promptField, locale, ui('required')) })
  if (!prompt.success) return { kind: 'faulty', missing: missingWords(t, prompt.error) }
  if (!(await isOfProject(projectId, passageSetId))) return { kind: 'faulty', missing: '' }
  const preview = await previewPrompt({
    passageSetId,
    passageIds: await drawPassages(passageSetId, previews, draw),
    prompt: prompt.data,
    sampling: { ...presets.starter.premises.sampling, ...settings },
    engineModel: engineModel === '' ? null : engineModel,
  })
  return { kind: 'read', preview, leak: await leakIn(projectId, prompt.data) }
}

async function leakIn(projectId: string, prompt: PremisePrompt): Promise<string | null> {
  try {
    await checkPremisePrompt(projectId, prompt)
    return null
  } catch (error) {
    // What is wrong with the variables stands at their field already.
    if (error instanceof PromptFault && error.code === 'prompt.example-is-test-premise') return error.sentence(errorLocale(await getLocale()))
    if (error instanceof PromptFault) return null
    throw error
  }
}

/** The novels and chapters of a set of the project, for choosing which to leave out. */
export async function readContents(projectId: string, passageSetId: string): Promise<SetNovel[]> {
  await guardAction()
  const set = setOfProject.parse({ projectId, passageSetId })
  return (await isOfProject(set.projectId, set.passageSetId)) ? contentsOfSet(set.passageSetId) : []
}

const setOfProject = z.object({ projectId: z.uuid(), passageSetId: z.uuid() })
const selectedOrder = setOfProject.extend({ selection: passageSelection })

/** How many passages a selection (JSON with the ids of the project and the set) takes. */
export async function readSelected(text: string): Promise<number> {
  await guardAction()
  const { projectId, passageSetId, selection } = selectedOrder.parse(JSON.parse(text))
  return (await isOfProject(projectId, passageSetId)) ? (await selectionTotals(passageSetId, selection)).passages : 0
}

async function isOfProject(projectId: string, passageSetId: string): Promise<boolean> {
  return (await listPassageSets(projectId)).some(({ id }) => id === passageSetId)
}
