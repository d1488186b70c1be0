import { db } from '@/lib/db'
import type { StoryRun } from '@/lib/generated/prisma/client'

/** An address of a run's endpoint, how many of the run's stories it wrote, and, while a job of the run asks it, why it is away. */
export type WritingAddress = { url: string; stories: number; away: { since: Date; errorCode: string; errorParams: unknown } | null }

/** The addresses of a run's endpoint that are on its list or wrote any of its stories, those of the list first. */
export async function addressesOf({ id, endpointId }: Pick<StoryRun, 'id' | 'endpointId'>): Promise<WritingAddress[]> {
  if (endpointId === null) return []
  const [endpoint, written] = await Promise.all([
    db().endpoint.findUnique({ where: { id: endpointId }, include: { away: { where: { job: { state: 'running', OR: [{ storyRun: { id } }, { storyRewrite: { storyRunId: id } }] } } } } }),
    db().$queryRaw<{ url: string; stories: number }[]>`
      SELECT t.address AS url, count(*)::int AS stories
      FROM story s JOIN story_try t ON t.story_run_id = s.story_run_id AND t.test_row_id = s.test_row_id AND t.number = s.try_number
      WHERE s.story_run_id = ${id}::uuid AND t.address IS NOT NULL GROUP BY t.address ORDER BY t.address`,
  ])
  const stories = new Map(written.map((row) => [row.url, row.stories]))
  const away = new Map(endpoint?.away.map((row) => [row.url, row]))
  const listed = endpoint ? [endpoint.baseUrl, ...endpoint.otherUrls] : []
  return [...new Set([...listed, ...stories.keys()])].map((url) => ({ url, stories: stories.get(url) ?? 0, away: away.get(url) ?? null }))
}
