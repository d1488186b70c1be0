import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { textStream } from '@/app/api/text-stream'
import { MolianError } from '@/lib/errors'
import { metricsAsCsv } from '@/lib/stages/training/metrics-csv'
import { readTrainingRun } from '@/lib/stages/training/training'

const query = z.object({ names: z.string().max(500).optional() })

/** Every value that a run has measured as CSV, a row a step, written as it is read; `names` (with commas) takes only those. */
export async function GET(request: Request, { params }: { params: Promise<{ runId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    const run = await readTrainingRun((await params).runId)
    if (!run) throw new MolianError('run.missing', { what: 'training run' })
    const names = query.safeParse(Object.fromEntries(new URL(request.url).searchParams)).data?.names?.split(',').filter(Boolean)
    return new Response(textStream(metricsAsCsv(run.id, names)), {
      headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="run-${run.ordinal}.metrics.csv"`, 'cache-control': 'no-store' },
    })
  } catch (error) {
    return await refusedRequest(error)
  }
}
