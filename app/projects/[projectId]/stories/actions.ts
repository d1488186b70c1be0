'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { chosenStoryPrompt } from '@/app/_prompts/chosen-story-prompt'
import { settingsForm } from '@/app/_settings/setting-spec'
import { MolianError } from '@/lib/errors'
import { storySampling } from '@/lib/settings/stories'
import { submissionSettings } from '@/lib/settings/submissions'
import { findStoryRun, startStories } from '@/lib/stages/stories'
import { startSubmission } from '@/lib/stages/submissions'
import type { ChosenWriter } from '@/lib/stages/writer'

const writer = z.union([
  z.templateLiteral(['model:', z.uuid()]).transform((value) => ({ kind: 'engine' as const, id: value.slice('model:'.length) })),
  z.templateLiteral(['endpoint:', z.uuid()]).transform((value) => ({ kind: 'endpoint' as const, id: value.slice('endpoint:'.length) })),
])
const order = z.object({ projectId: z.uuid(), testFileId: z.uuid(), writer })
const endpointModel = z.object({ endpointModel: z.string().trim().min(1).max(200) })
const samplingSchema = settingsForm(storySampling)

/** Starts a story for every row and opens the run; the same order again opens the run it was. */
export async function write(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, testFileId, writer } = await parseForm(order, form)
    const chosen: ChosenWriter =
      writer.kind === 'engine'
        ? { kind: 'engine', modelId: writer.id }
        : { kind: 'endpoint', endpointId: writer.id, model: (await parseForm(endpointModel, form)).endpointModel }
    const sampling = await parseForm(samplingSchema, form)
    const promptVersionId = await chosenStoryPrompt(projectId, form)
    const run = await startStories(projectId, { testFileId, promptVersionId, settings: { writer: chosen, sampling } })
    revalidatePath(`/projects/${projectId}`, 'layout')
    redirect(`/projects/${projectId}/stories/${run.id}`)
  })
}

const finished = z.object({ projectId: z.uuid(), storyRunId: z.uuid() })
const submissionSchema = settingsForm(submissionSettings)

/** Has submit.json written and checked from a finished run, and opens the submissions. */
export async function submit(_: ActionState, form: FormData): Promise<ActionState> {
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
