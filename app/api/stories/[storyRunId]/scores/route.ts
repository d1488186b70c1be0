import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { MolianError } from '@/lib/errors'
import { measureName } from '@/lib/scoring/measures'
import { storyFigures } from '@/lib/stages/stories/story-scores'

const query = z.object({ storyRunId: z.uuid(), measure: measureName })

/** One measure of every story of a run, by the story's id. */
export async function GET(request: Request, { params }: { params: Promise<{ storyRunId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  const asked = query.safeParse({ measure: new URL(request.url).searchParams.get('measure'), ...(await params) })
  try {
    if (!asked.success) throw new MolianError('run.missing', { what: 'story run' })
    const { storyRunId, measure } = asked.data
    return Response.json({ figures: await storyFigures(storyRunId, measure) }, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
