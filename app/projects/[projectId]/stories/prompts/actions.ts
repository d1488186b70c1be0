'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { guardAction } from '@/app/_guard/guard-action'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { errorLocale } from '@/app/_i18n/locale'
import { getLocale, getTranslator } from '@/app/_i18n/server'
import { chosenStoryPrompt } from '@/app/_prompts/chosen-story-prompt'
import type { Previewed } from '@/app/_prompts/use-preview'
import { templateFault, storyVariables, variablesOf } from '@/lib/llm/prompt-variables'
import { requestStyle } from '@/lib/settings/writer'
import { findPromptVersion } from '@/lib/stages/prompts/prompts'
import { previewStoryPrompt, type StoryPromptPreview } from '@/lib/stages/prompts/story-preview'
import { listTestFiles } from '@/lib/stages/stories/test-files'

const ofProject = z.object({ projectId: z.uuid() })

/** Keeps the words as a version; the same words again are the version that they were. */
export async function saveStoryWords(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId } = await parseForm(ofProject, form)
    form.set('prompt', 'new')
    const version = await findPromptVersion(projectId, await chosenStoryPrompt(projectId, form))
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('story-prompts'))('saved', { version: version?.version ?? 0 })
  })
}

const order = z.object({
  projectId: z.uuid(),
  testFileId: z.uuid(),
  words: z.object({ system: z.string(), template: z.string() }),
  style: requestStyle,
  engineModel: z.string().trim(),
  /** A row's number, counted from 1; empty for a draw. */
  row: z.string().trim(),
  draw: z.int(),
})

const previews = 3

/** `fault` says why the model's own template is not shown. */
type Shown = { preview: Omit<StoryPromptPreview, 'fault'>; fault: string | null }

/** What a model would read for rows of a test file, with a prompt as it is being written (JSON, as StoryPreview asks). */
export async function readStoryPreview(text: string): Promise<Previewed<Shown>> {
  await guardAction()
  const { projectId, testFileId, words, style, engineModel, row, draw } = order.parse(JSON.parse(text))
  // What is wrong with the words stands at their fields already.
  if (variablesOf(words.system).length > 0 || templateFault(words.template, storyVariables, 'premise') !== null) return { kind: 'faulty', missing: '' }
  if (!(await listTestFiles(projectId)).some(({ id }) => id === testFileId)) return { kind: 'faulty', missing: '' }
  const wanted = Number(row)
  const rows = row !== '' && Number.isInteger(wanted) && wanted > 0 && wanted < 2 ** 31 ? { ordinals: [wanted - 1] } : { draw, count: previews }
  const { fault, ...preview } = await previewStoryPrompt({ testFileId, prompt: words, style, engineModel: engineModel === '' ? null : engineModel, rows })
  return { kind: 'read', preview, fault: fault?.sentence(errorLocale(await getLocale())) ?? null }
}
