'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { removeImport } from '@/lib/stages/submissions/import'
import { deleteSubmission } from '@/lib/stages/submissions/deletion'
import { startMending, writeUnanswered } from '@/lib/stages/submissions/mending'
import { challengeScore, noteChallengeScore } from '@/lib/stages/submissions/challenge-score'

const chosen = z.object({ projectId: z.uuid(), submissionId: z.uuid() })

/** Takes a submission made elsewhere away again. */
export async function removeImported(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, submissionId } = await parseForm(chosen, form)
    await removeImport(projectId, submissionId)
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('submissions'))('importRemoved')
  })
}

/** Deletes a submission that was made here. */
export async function removeMade(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, submissionId } = await parseForm(chosen, form)
    await deleteSubmission(projectId, submissionId)
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('submissions'))('importRemoved')
  })
}

const noted = z.object({ projectId: z.uuid(), submissionId: z.uuid() }).extend(challengeScore.shape)

/** Keeps what the challenge's page gave for a submission. */
export async function noteScore(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, submissionId, ...given } = await parseForm(noted, form)
    await noteChallengeScore(projectId, submissionId, given)
    revalidatePath(`/projects/${projectId}/submissions`)
    return (await getTranslator('submissions'))(given.score === null ? 'scoreRemoved' : 'scoreKept')
  })
}

const mend = chosen.extend({ trims: z.literal('on').optional() })

/** Makes a right submission of what a wrong one's file has; the wrong one stays. */
export async function mendSubmission(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, submissionId, trims } = await parseForm(mend, form)
    const { ordinal } = await startMending(projectId, submissionId, { trims: trims === 'on' })
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('submissions'))('mendQueued', { ordinal })
  })
}

/** Has the rows written again that a submission lacks, and opens the run that writes them. */
export async function writeRowsAgain(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, submissionId } = await parseForm(chosen, form)
    const { storyRunId } = await writeUnanswered(projectId, submissionId)
    revalidatePath(`/projects/${projectId}`, 'layout')
    redirect(`/projects/${projectId}/stories/${storyRunId}`)
  })
}
