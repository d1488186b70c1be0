import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { logSearch } from '@/lib/stages/job-log'
import { searchEngineLog } from '@/lib/stages/engine/log-file'

/** How many lines of an engine's log have a text in them, and the nearest of them. */
export async function GET(request: Request, { params }: { params: Promise<{ runId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    const { runId } = await params
    const search = logSearch.safeParse(Object.fromEntries(new URL(request.url).searchParams))
    const answer = search.success ? await searchEngineLog(runId, search.data) : { count: 0, match: null }
    return Response.json(answer, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
