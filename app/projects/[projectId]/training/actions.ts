'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { atField } from '@/app/_guard/at-field'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { chosenStoryPrompt } from '@/app/_prompts/chosen-story-prompt'
import { settingsForm } from '@/app/_settings/setting-spec'
import { MolianError } from '@/lib/errors'
import { trainingSettings } from '@/lib/settings/training'
import { continuationGoal, continuedRate, continueTraining } from '@/lib/stages/training/continued'
import { startMerge } from '@/lib/stages/models/merging'
import { readTrainingRun, startTraining, stopTraining, type TrainingRunWithJob } from '@/lib/stages/training/training'

const order = z.object({ projectId: z.uuid(), datasetVersionId: z.uuid() })
const settingsSchema = settingsForm(trainingSettings)
const goalForm = settingsForm(continuationGoal)

/** Starts a run and opens its page; the same order again opens the run it was. */
export async function startTrainingRun(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, datasetVersionId } = await parseForm(order, form)
    const settings = await parseForm(settingsSchema, form)
    const promptVersionId = await chosenStoryPrompt(projectId, form)
    const run = await atField('baseModel', 'model.', () => startTraining(projectId, { datasetVersionId, promptVersionId, settings }))
    revalidatePath(`/projects/${projectId}`, 'layout')
    redirect(`/projects/${projectId}/training/${run.id}`)
  })
}

const continuation = z.object({ projectId: z.uuid(), runId: z.uuid(), step: z.coerce.number().int().min(1), rate: continuedRate.default('stretched') })

/** Starts a run that goes on from a checkpoint of an ended one, and opens its page. */
export async function continueTrainingRun(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { step, rate } = await parseForm(continuation, form)
    const goal = await parseForm(goalForm, form)
    const from = await chosenRun(form)
    const run = await atField('step', 'training.', () => continueTraining(from.id, step, goal, rate))
    revalidatePath(`/projects/${run.projectId}`, 'layout')
    redirect(`/projects/${run.projectId}/training/${run.id}`)
  })
}

const chosen = z.object({ projectId: z.uuid(), runId: z.uuid() })

/** Ends a run with what it has learned so far as its adapter. */
export async function stopAndKeepRun(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const run = await chosenRun(form)
    await stopTraining(run.id, 'keep')
    revalidatePath(`/projects/${run.projectId}`, 'layout')
    return (await getTranslator('training'))('keepAsked')
  })
}

/** Merges a finished run's adapter into its base: a model that writes stories at full speed. */
export async function mergeAdapter(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const run = await chosenRun(form)
    if (!run.adapter) throw new MolianError('run.missing', { what: 'adapter' })
    await startMerge(run.adapter.id)
    revalidatePath(`/projects/${run.projectId}`, 'layout')
    return (await getTranslator('training'))('mergeAsked')
  })
}

async function chosenRun(form: FormData): Promise<TrainingRunWithJob> {
  const { projectId, runId } = await parseForm(chosen, form)
  const run = await readTrainingRun(runId)
  if (run?.projectId !== projectId) throw new MolianError('run.missing', { what: 'training run' })
  return run
}
