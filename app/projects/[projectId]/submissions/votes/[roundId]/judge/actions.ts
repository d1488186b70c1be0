'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { atField } from '@/app/_guard/at-field'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { judgeOrderOf } from '@/app/projects/[projectId]/submissions/votes/[roundId]/judge/_order'
import { askFailedAgain, pauseJudging, resumeJudging, startJudging } from '@/lib/stages/submissions/judging'

const ofRound = z.object({ projectId: z.uuid(), roundId: z.uuid() })
const ofRun = z.object({ projectId: z.uuid(), judgeRunId: z.uuid() })
const budgetField = z.object({ budget: z.coerce.number().positive().optional() })

/** Has a model judge the round's first pairs. */
export async function startJudge(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, roundId } = await parseForm(ofRound, form)
    const { budget } = await parseForm(budgetField, form)
    const order = await judgeOrderOf(form)
    await atField('template', 'prompt.', () => atField('budget', 'votes.budget', () => startJudging(projectId, roundId, order, budget ?? null)))
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('judge'))('queued')
  })
}

/** Lets the questions in flight end and asks no more. */
export async function pauseJudge(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, judgeRunId } = await parseForm(ofRun, form)
    await pauseJudging(projectId, judgeRunId)
    revalidatePath(`/projects/${projectId}`, 'layout')
  })
}

/** Goes on with a paused judge, within another budget where one is typed. */
export async function resumeJudge(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, judgeRunId } = await parseForm(ofRun, form)
    const { budget } = await parseForm(budgetField, form)
    await atField('budget', 'votes.budget', () => resumeJudging(projectId, judgeRunId, budget))
    revalidatePath(`/projects/${projectId}`, 'layout')
  })
}

/** Asks again what had no answer. */
export async function askJudgeAgain(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, judgeRunId } = await parseForm(ofRun, form)
    await askFailedAgain(projectId, judgeRunId)
    revalidatePath(`/projects/${projectId}`, 'layout')
  })
}
