import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { storyAt, type StoryParams } from '@/app/api/stories/[storyRunId]/rows/[storyId]/story-at'
import { measuresOf } from '@/lib/stages/stories/story-scores'

/** What was measured on one story; null while it was not. */
export async function GET(request: Request, { params }: { params: StoryParams }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    return Response.json({ measures: await measuresOf((await storyAt(params)).id) }, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
