import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { storyAt, type StoryParams } from '@/app/api/stories/[storyRunId]/rows/[storyId]/story-at'
import { triesOf } from '@/lib/stages/stories/tries'

/** One whole story with how it came about, and every try of its row, the first first. */
export async function GET(request: Request, { params }: { params: StoryParams }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    const { storyRunId, testRowId, text, tryNumber, chosenByPerson } = await storyAt(params)
    const tries = await triesOf(storyRunId, testRowId)
    return Response.json({ testRowId, text, tryNumber, chosenByPerson, tries }, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
