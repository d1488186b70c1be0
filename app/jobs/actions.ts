'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { moveJob, moves } from '@/lib/queue/order'
import { cancelJob, retryJob } from '@/lib/stages/jobs'
import { readQueue } from '@/lib/stages/waiting'

const chosen = z.object({ jobId: z.uuid() })

/** Asks a job to end; what it has finished is kept. */
export async function requestJobCancel(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    await cancelJob((await parseForm(chosen, form)).jobId)
    revalidatePath('/', 'layout')
    return (await getTranslator('jobs'))('cancelAsked')
  })
}

/** Puts a failed or cancelled job back into the queue; it goes on from what is finished. */
export async function requestJobRetry(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    await retryJob((await parseForm(chosen, form)).jobId)
    revalidatePath('/', 'layout')
    return (await getTranslator('jobs'))('retryAsked')
  })
}

const moving = z.object({ jobId: z.uuid(), move: z.enum(moves) })

/** Changes the place of a waiting job among those of its lane. */
export async function moveInQueue(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { jobId, move } = await parseForm(moving, form)
    const moved = await moveJob(jobId, move)
    revalidatePath('/', 'layout')
    const t = await getTranslator('jobs')
    if (!moved) return t('waitsNoMore')
    const { waiting } = await readQueue()
    return t('movedTo', { place: Math.max(0, ...Object.values(waiting).map((line) => line.indexOf(jobId))) + 1 })
  })
}
