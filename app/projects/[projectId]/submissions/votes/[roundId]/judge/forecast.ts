'use server'

import { z } from 'zod'
import { guardAction } from '@/app/_guard/guard-action'
import { whileFilledIn } from '@/app/_guard/while-filled-in'
import { formValues } from '@/app/_guard/run-action'
import { judgeOrderOf } from '@/app/projects/[projectId]/submissions/votes/[roundId]/judge/_order'
import { forecastJudging, type JudgeForecast } from '@/lib/stages/submissions/judge-forecast'

const order = z.object({ projectId: z.uuid(), roundId: z.uuid() })

/** What the judge that the form describes would take; null while the form describes none. */
export async function readJudgeForecast(form: FormData): Promise<JudgeForecast | null> {
  await guardAction()
  return whileFilledIn(async () => {
    const { projectId, roundId } = order.parse(formValues(form))
    return forecastJudging(projectId, roundId, await judgeOrderOf(form))
  })
}
