import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { encodeCurves } from '@/app/_training/curve-answer'
import { refusedRequest } from '@/app/api/refused-request'
import { MolianError } from '@/lib/errors'
import { attemptOf } from '@/lib/stages/training/metrics'
import { readStretches } from '@/lib/stages/training/stretches'

const step = z.coerce.number().int().min(0).max(2 ** 31 - 1)
const query = z.object({ from: step.optional().catch(undefined), to: step.optional().catch(undefined) })

/** The curves of a run between two steps, both taken in, in at most 700 stretches a series, and the attempt that writes them. */
export async function GET(request: Request, { params }: { params: Promise<{ runId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  const { from, to } = query.parse(Object.fromEntries(new URL(request.url).searchParams))
  const { runId } = await params
  try {
    const attempt = await attemptOf(runId)
    if (attempt === null) throw new MolianError('run.missing', { what: 'training run' })
    const series = await readStretches(runId, { fromStep: from, toStep: to })
    return Response.json(encodeCurves(attempt, series), { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
