'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { atField } from '@/app/_guard/at-field'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { premiseSampling } from '@/lib/settings/premises'
import { pausePremises, resumePremises, retryPassages, setBudget, setConcurrency } from '@/lib/stages/premises/run-steering'

const chosen = z.object({ projectId: z.uuid(), premiseRunId: z.uuid() })

/** Lets what is in flight end and asks nothing more. */
export async function pauseRun(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, premiseRunId } = await parseForm(chosen, form)
    await pausePremises(projectId, premiseRunId)
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('premise-run'))('pauseAsked')
  })
}

/** Goes on with a paused run. */
export async function resumeRun(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, premiseRunId } = await parseForm(chosen, form)
    await resumePremises(projectId, premiseRunId)
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('premise-run'))('resumed')
  })
}

const width = chosen.extend({ concurrency: z.coerce.number().pipe(premiseSampling.shape.concurrency) })

/** The most calls at once from now on. */
export async function changeConcurrency(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, premiseRunId, concurrency } = await parseForm(width, form)
    await setConcurrency(projectId, premiseRunId, concurrency)
    revalidatePath(`/projects/${projectId}/premises/${premiseRunId}`)
  })
}

const purse = chosen.extend({ budget: z.coerce.number().positive().max(1_000_000_000).optional() })

/** What the run may spend; an empty field takes the limit away. A run that waits for it goes on. */
export async function changeBudget(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, premiseRunId, budget } = await parseForm(purse, form)
    await atField('budget', 'premises.budget', () => setBudget(projectId, premiseRunId, budget ?? null))
    if (form.get('intent') === 'goOn') await resumePremises(projectId, premiseRunId)
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('premise-run'))('budgetSet')
  })
}

const retried = chosen.extend({ outcome: z.enum(['refused', 'failed']) })

/** Asks anew about the passages that ended that way, and about no other. */
export async function retryOutcome(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, premiseRunId, outcome } = await parseForm(retried, form)
    const count = await retryPassages(projectId, premiseRunId, [outcome])
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('premise-run'))('retried', { count })
  })
}
