import { errorLocale } from '@/app/_i18n/locale'
import { getLocale } from '@/app/_i18n/server'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { MolianError } from '@/lib/errors'
import { logSearch, searchLog } from '@/lib/stages/job-log'
import { findJob } from '@/lib/stages/jobs'

/** How many lines of a job's log have a text in them, and the nearest of them: see searchLog. */
export async function GET(request: Request, { params }: { params: Promise<{ jobId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  const { jobId } = await params
  try {
    if (!(await findJob(jobId))) throw new MolianError('job.missing', { job: jobId })
    const search = logSearch.safeParse(Object.fromEntries(new URL(request.url).searchParams))
    const answer = search.success ? await searchLog(jobId, search.data, errorLocale(await getLocale())) : { count: 0, match: null }
    return Response.json(answer, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
