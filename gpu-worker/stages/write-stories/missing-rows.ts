import { db } from '@/lib/db'
import { Prisma, type StoryRun } from '@/lib/generated/prisma/client'
import { knownTry } from '@/lib/stages/stories/known-try'
import type { NewTry } from '@/lib/stages/stories/put-story'
import type { Row } from '@/gpu-worker/stages/write-stories/story-question'

type Wanted = Pick<StoryRun, 'id' | 'testFileId' | 'previewRows'>

/** A row that has no story yet, and the refused tries that an earlier attempt of the job had for it, the first first. */
export type MissingRow = { row: Row; known: NewTry[] }

/** Rows read at a time: a test file may have a hundred thousand, and only those in flight need be here. */
const page = 500

/** How many rows of a run, or of its preview, have no story yet, and the characters of the longest of them. */
export async function missingOf({ id, testFileId, previewRows }: Wanted): Promise<{ rows: number; longest: number }> {
  const ofPreview = previewRows.length > 0 ? Prisma.sql`AND r.ordinal = ANY(${previewRows})` : Prisma.empty
  const [found] = await db().$queryRaw<{ rows: number; longest: number }[]>`
    SELECT count(*)::int AS rows, coalesce(max(char_length(r.instruction) + char_length(r.input)), 0)::int AS longest
    FROM test_row r WHERE r.test_file_id = ${testFileId}::uuid ${ofPreview}
      AND NOT EXISTS (SELECT FROM story s WHERE s.story_run_id = ${id}::uuid AND s.test_row_id = r.id)`
  return found ?? { rows: 0, longest: 0 }
}

/** The rows that have no story yet, in their order, read a page at a time. */
export async function* missingRows({ id, testFileId, previewRows }: Wanted): AsyncGenerator<MissingRow> {
  const ofPreview = previewRows.length > 0 ? { in: previewRows } : {}
  for (let after = -1; ; ) {
    const rows = await db().testRow.findMany({
      where: { testFileId, ordinal: { gt: after, ...ofPreview }, stories: { none: { storyRunId: id } } },
      orderBy: { ordinal: 'asc' },
      take: page,
      select: { id: true, ordinal: true, instruction: true, input: true },
    })
    const tries = await db().storyTry.findMany({ where: { storyRunId: id, testRowId: { in: rows.map((row) => row.id) } }, orderBy: { number: 'asc' } })
    for (const row of rows) yield { row, known: tries.filter(({ testRowId }) => testRowId === row.id).map(knownTry) }
    const last = rows.at(-1)
    if (!last) return
    after = last.ordinal
  }
}
