import { db } from '@/lib/db'
import type { StoryRun } from '@/lib/generated/prisma/client'
import { writingPace } from '@/lib/stages/stories/pace'

/**
 * How long all rows of a preview's test file will take. `by` the last whole run of the same writer: its tokens a second carried on; by the
 * preview alone: at most so long, since few rows at once go slower than many do.
 */
export type StoryForecast = { rows: number; ms: number; tokens: number; by: { kind: 'run'; ordinal: number; tokensPerSecond: number } | { kind: 'preview' } }

/** A run of fewer rows says little about a batch. */
const fewestRows = 20

/** Null until the preview has written something. */
export async function forecastWhole(run: Pick<StoryRun, 'id' | 'projectId' | 'modelId' | 'endpointId' | 'testFileId' | 'servedName'>): Promise<StoryForecast | null> {
  const [preview, testFile] = await Promise.all([writingPace(run.id), db().testFile.findUniqueOrThrow({ where: { id: run.testFileId } })])
  if (preview.rows === 0) return null
  const rows = Math.max(0, testFile.rowCount - preview.rows)
  const tokens = Math.round((preview.tokens / preview.rows) * rows)
  const last = await db().storyRun.findFirst({
    where: {
      id: { not: run.id }, modelId: run.modelId, endpointId: run.endpointId, servedName: run.servedName,
      previewRows: { isEmpty: true }, job: { name: 'write-stories', state: 'succeeded' }, testFile: { rowCount: { gte: fewestRows } },
    },
    orderBy: { createdAt: 'desc' },
  })
  const known = last && (await writingPace(last.id))
  if (last && known && known.tokens > 0 && known.ms > 0 && tokens > 0) {
    const tokensPerSecond = (known.tokens / known.ms) * 1000
    return { rows, tokens, ms: (tokens / tokensPerSecond) * 1000, by: { kind: 'run', ordinal: last.ordinal, tokensPerSecond } }
  }
  return { rows, tokens, ms: (preview.ms / preview.rows) * rows, by: { kind: 'preview' } }
}
