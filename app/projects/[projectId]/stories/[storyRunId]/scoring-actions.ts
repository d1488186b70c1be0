'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { scoringTarget, startScoring } from '@/lib/stages/stories/scoring'

const order = z.object({ projectId: z.uuid(), storyRunId: z.uuid(), target: z.coerce.number().pipe(scoringTarget).optional() })

/** Has a run's stories measured; without a target against the one that the run was written for. */
export async function measureStories(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, storyRunId, target } = await parseForm(order, form)
    await startScoring(projectId, storyRunId, target)
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('scores'))('queued')
  })
}
