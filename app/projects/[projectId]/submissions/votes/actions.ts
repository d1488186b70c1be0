'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { startRound } from '@/lib/stages/submissions/vote-rounds'

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
