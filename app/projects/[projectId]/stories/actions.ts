'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { atField } from '@/app/_guard/at-field'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { chosenStoryPrompt } from '@/app/_prompts/chosen-story-prompt'
import { settingsForm } from '@/app/_settings/setting-spec'
import { chosenWriterOf } from '@/app/_writer/chosen-writer'
import { MolianError } from '@/lib/errors'
import { storySampling } from '@/lib/settings/stories'
import { submissionSettings } from '@/lib/settings/submissions'
import { findStoryRun, startStories } from '@/lib/stages/stories/stories'
import { startSubmission } from '@/lib/stages/submissions/submissions'

const order = z.object({ projectId: z.uuid(), testFileId: z.uuid(), rows: z.enum(['all', 'preview']).default('all') })
const samplingSchema = settingsForm(storySampling)

/** Starts a story for every row, or for five as a preview, and opens the run; the same order again opens the run it was. */
export async function startStoryRun(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, testFileId, rows } = await parseForm(order, form)
    const writer = await atField('engineModel', 'model.', () => chosenWriterOf(form))
    const sampling = await parseForm(samplingSchema, form)
    const promptVersionId = await chosenStoryPrompt(projectId, form)
    const run = await startStories(projectId, { testFileId, promptVersionId, settings: { writer, sampling } }, { preview: rows === 'preview' })
    revalidatePath(`/projects/${projectId}`, 'layout')
    redirect(`/projects/${projectId}/stories/${run.id}`)
  })
}

const finished = z.object({ projectId: z.uuid(), storyRunId: z.uuid() })
const submissionSchema = settingsForm(submissionSettings)

/** Has submit.json written and checked from a finished run, and opens the submissions. */
export async function makeSubmission(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, storyRunId } = await parseForm(finished, form)
    const settings = await parseForm(submissionSchema, form)
    const run = await findStoryRun(projectId, storyRunId)
    if (run?.job.state !== 'succeeded') throw new MolianError('run.missing', { what: 'story run' })
    const submission = await startSubmission(projectId, run.id, settings)
    revalidatePath(`/projects/${projectId}`, 'layout')
    redirect(`/projects/${projectId}/submissions#submission-${submission.ordinal}`)
  })
}
