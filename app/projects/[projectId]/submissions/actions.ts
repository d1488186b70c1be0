'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { removeImport } from '@/lib/stages/submissions/import'
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
