import { errorLocale } from '@/app/_i18n/locale'
import { getLocale } from '@/app/_i18n/server'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { MolianError } from '@/lib/errors'
import { countLog, logExtent, logPlace, readLogLines } from '@/lib/stages/job-log'
import { findJob } from '@/lib/stages/jobs'

type Context = { params: Promise<{ jobId: string }> }

/**
 * A job's log. With `from` and `take` the lines of those places, of the log as far as it was counted (`total`, `lastId`);
 * else how far it goes now, counted on from there.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  const { jobId } = await params
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const extent = logExtent.safeParse(query).data ?? { total: 0, lastId: 0 }
  const place = logPlace.safeParse(query)
  try {
    if (!(await findJob(jobId))) throw new MolianError('job.missing', { job: jobId })
    const answer = place.success ? { lines: await readLogLines(jobId, place.data, extent, errorLocale(await getLocale())) } : await countLog(jobId, extent)
    return Response.json(answer, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
