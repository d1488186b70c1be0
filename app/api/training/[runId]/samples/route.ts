import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { MolianError } from '@/lib/errors'
import { readSampledSteps, readWrittenSamples } from '@/lib/stages/training/samples'
import { readTrainingRun } from '@/lib/stages/training/training'

const query = z.object({ step: z.coerce.number().int().min(0).max(2 ** 31 - 1).optional().catch(undefined) })

/** The premises that a run writes to and the steps at which it has; with `step`, what it wrote there. */
export async function GET(request: Request, { params }: { params: Promise<{ runId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  const { step } = query.parse(Object.fromEntries(new URL(request.url).searchParams))
  try {
    const run = await readTrainingRun((await params).runId)
    if (!run) throw new MolianError('run.missing', { what: 'training run' })
    const answer = step === undefined ? await readSampledSteps(run.id) : { samples: await readWrittenSamples(run.id, step) }
    return Response.json(answer, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
