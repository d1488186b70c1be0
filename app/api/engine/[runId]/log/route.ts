import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { logPlace } from '@/lib/stages/job-log'
import { countEngineLog, readEngineLines } from '@/lib/stages/engine/log-file'

type Context = { params: Promise<{ runId: string }> }

/** An engine's log: with `from` and `take` the lines of those places, else how many there are now. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    const { runId } = await params
    const place = logPlace.safeParse(Object.fromEntries(new URL(request.url).searchParams))
    const answer = place.success ? { lines: await readEngineLines(runId, place.data) } : await countEngineLog(runId)
    return Response.json(answer, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
