import { errorLocale } from '@/app/_i18n/locale'
import { getLocale } from '@/app/_i18n/server'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { textStream } from '@/app/api/text-stream'
import { MolianError } from '@/lib/errors'
import { logAsText } from '@/lib/stages/job-log'
import { findJob } from '@/lib/stages/jobs'

/** A job's whole log as a text file, written as it is read. */
export async function GET(request: Request, { params }: { params: Promise<{ jobId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  const { jobId } = await params
  try {
    const job = await findJob(jobId)
    if (!job) throw new MolianError('job.missing', { job: jobId })
    return new Response(textStream(logAsText(job.id, errorLocale(await getLocale()))), {
      headers: { 'content-type': 'text/plain; charset=utf-8', 'content-disposition': `attachment; filename="${job.name}-${job.id}.log"`, 'cache-control': 'no-store' },
    })
  } catch (error) {
    return await refusedRequest(error)
  }
}
