import { z } from 'zod'
import { MolianError } from '@/lib/errors'
import { findStory, type StoryEntry } from '@/lib/stages/stories/stories'

const place = z.object({ storyRunId: z.uuid(), storyId: z.coerce.number().int().min(1).max(2 ** 31 - 1) })

/** What the address of a story holds. */
export type StoryParams = Promise<{ storyRunId: string; storyId: string }>

/** The story at this address. Throws run.missing, of an address that names none too. */
export async function storyAt(params: StoryParams): Promise<StoryEntry> {
  const asked = place.safeParse(await params)
  const story = asked.success ? await findStory(asked.data.storyRunId, asked.data.storyId) : null
  if (!story) throw new MolianError('run.missing', { what: 'story' })
  return story
}
