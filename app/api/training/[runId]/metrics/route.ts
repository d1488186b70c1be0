import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { encodeCurves } from '@/app/_training/curve-answer'
import { refusedRequest } from '@/app/api/refused-request'
import { MolianError } from '@/lib/errors'
import { readCurves } from '@/lib/stages/training/curves'

const step = z.coerce.number().int().min(0).max(2 ** 31 - 1)
const query = z.object({ from: step.optional().catch(undefined), to: step.optional().catch(undefined) })

/** The curves of a run between two steps, both taken in, in at most 700 stretches a series, and the attempt that writes them. */
export async function GET(request: Request, { params }: { params: Promise<{ runId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  const { from, to } = query.parse(Object.fromEntries(new URL(request.url).searchParams))
  const { runId } = await params
  try {
    const curves = await readCurves(runId, { fromStep: from, toStep: to })
    if (!curves) throw new MolianError('run.missing', { what: 'training run' })
    return Response.json(encodeCurves(curves.attempt, curves.series), { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
