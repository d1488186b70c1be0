'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { deleteRound, findRound, startRound } from '@/lib/stages/submissions/vote-rounds'

const order = z.object({ projectId: z.uuid(), ids: z.union([z.uuid().transform((id) => [id]), z.array(z.uuid())]).default([]) })

/** Draws a new round of votes between the chosen submissions and opens it. */
export async function startVotes(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, ids } = await parseForm(order, form)
    const round = await startRound(projectId, ids)
    revalidatePath(`/projects/${projectId}/submissions`, 'layout')
    redirect(`/projects/${projectId}/submissions/votes/${round.id}`)
  })
}

const ofRound = z.object({ projectId: z.uuid(), roundId: z.uuid() })

/** Deletes a round with its votes and what models have judged in it. */
export async function deleteVotes(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, roundId } = await parseForm(ofRound, form)
    const round = await findRound(projectId, roundId)
    await deleteRound(projectId, roundId)
    revalidatePath(`/projects/${projectId}/submissions`, 'layout')
    return (await getTranslator('votes'))('deleted', { ordinal: round?.ordinal ?? 0 })
  })
}
