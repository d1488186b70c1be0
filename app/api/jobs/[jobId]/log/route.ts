import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { MolianError } from '@/lib/errors'
import { findJob, readLog, readLogEnd } from '@/lib/stages/jobs'

const piece = 500

const query = z.object({ after: z.coerce.number().int().min(0).max(2 ** 31 - 1).optional().catch(undefined) })

/** The lines of a job's log after an id, a piece at a time (`more`: ask again); without an id its end. */
export async function GET(request: Request, { params }: { params: Promise<{ jobId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  const { jobId } = await params
  const { after } = query.parse(Object.fromEntries(new URL(request.url).searchParams))
  try {
    if (!(await findJob(jobId))) throw new MolianError('job.missing', { job: jobId })
    const { lines, earlier } = after === undefined ? await readLogEnd(jobId, piece) : { lines: await readLog(jobId, after, piece), earlier: false }
    return Response.json({ lines, earlier, more: after !== undefined && lines.length === piece }, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
