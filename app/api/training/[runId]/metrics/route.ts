import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { MolianError } from '@/lib/errors'
import { readMetrics } from '@/lib/stages/training/metrics'
import { readTrainingRun } from '@/lib/stages/training/training'

const query = z.object({ after: z.coerce.number().int().min(-1).max(2 ** 31 - 1).catch(-1) })

/**
 * The metrics of a run after a step, at most 1,500 points a series, and the attempt (`epoch`) that is writing them:
 * an attempt that goes on from a checkpoint takes back the steps after it.
 */
export async function GET(request: Request, { params }: { params: Promise<{ runId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  const { after } = query.parse(Object.fromEntries(new URL(request.url).searchParams))
  try {
    const run = await readTrainingRun((await params).runId)
    if (!run) throw new MolianError('run.missing', { what: 'training run' })
    const series = await readMetrics(run.id, { afterStep: after })
    return Response.json({ epoch: run.job.epoch, series }, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
