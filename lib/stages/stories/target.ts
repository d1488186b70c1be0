import { db } from '@/lib/db'
import type { StoryRun } from '@/lib/generated/prisma/client'
import { usualTarget } from '@/lib/settings/stories'
import { anyRunSettings } from '@/lib/stages/stories/run-settings'

/**
 * Characters that a run's stories should have, as its settings say. Stories that came with a file are held against what the
 * project's newest own ones are, so that they can be compared; where there are none, against what the challenge asks for.
 */
export async function targetOfRun(run: Pick<StoryRun, 'projectId' | 'settings'>): Promise<number> {
  const own = ownTarget(run)
  if (own !== null) return own
  const runs = await db().storyRun.findMany({ where: { projectId: run.projectId }, orderBy: { ordinal: 'desc' }, select: { settings: true } })
  return runs.map(ownTarget).find((known) => known !== null) ?? usualTarget
}

function ownTarget(run: Pick<StoryRun, 'settings'>): number | null {
  const settings = anyRunSettings.parse(run.settings)
  return 'sampling' in settings ? settings.sampling.target : null
}
