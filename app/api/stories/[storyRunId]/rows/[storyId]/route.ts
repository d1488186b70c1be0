import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { MolianError } from '@/lib/errors'
import { findStory } from '@/lib/stages/stories/stories'
import { triesOf } from '@/lib/stages/stories/tries'

const place = z.object({ storyRunId: z.uuid(), storyId: z.coerce.number().int().min(1).max(2 ** 31 - 1) })

/** One whole story with how it came about, and every try of its row, the first first. */
export async function GET(request: Request, { params }: { params: Promise<{ storyRunId: string; storyId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  const asked = place.safeParse(await params)
  try {
    const story = asked.success ? await findStory(asked.data.storyRunId, asked.data.storyId) : null
    if (!story) throw new MolianError('run.missing', { what: 'story' })
    const { text, tryNumber, chosenByPerson } = story
    const tries = await triesOf(story.storyRunId, story.testRowId)
    return Response.json({ text, tryNumber, chosenByPerson, tries }, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
