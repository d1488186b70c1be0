import { z } from 'zod'
import { db } from '@/lib/db'
import type { ExpectedRow } from '@/lib/submission/check'

export type KnownRow = { id: number; input: string; instruction: string }

const recordSchema = z.record(z.string(), z.unknown())
const page = 500

/** A test file's rows as it has them, in their order. */
export async function* expectedRows(testFileId: string): AsyncGenerator<ExpectedRow> {
  for await (const row of rowsOf(testFileId)) yield row.record
}

/** A test file's rows without their records, in their order. */
export async function knownRows(testFileId: string): Promise<KnownRow[]> {
  const rows: KnownRow[] = []
  for await (const { id, input, instruction } of rowsOf(testFileId)) rows.push({ id, input, instruction })
  return rows
}

/** The same with what stands in a story run for each; `story` is missing where nothing does. */
export async function* rowsWithStories(testFileId: string, storyRunId: string): AsyncGenerator<{ record: ExpectedRow; story: { text: string; tryNumber: number } | undefined }> {
  const stories = { where: { storyRunId }, select: { text: true, tryNumber: true } }
  const read = (ordinal: Ordinals) => db().testRow.findMany({ where: { testFileId, ordinal }, orderBy: { ordinal: 'asc' }, include: { stories } })
  for await (const row of inPages(read)) yield { record: recordSchema.parse(row.record), story: row.stories[0] }
}

async function* rowsOf(testFileId: string): AsyncGenerator<KnownRow & { record: ExpectedRow }> {
  const read = (ordinal: Ordinals) => db().testRow.findMany({ where: { testFileId, ordinal }, orderBy: { ordinal: 'asc' } })
  for await (const row of inPages(read)) yield { ...row, record: recordSchema.parse(row.record) }
}

type Ordinals = { gte: number; lt: number }

async function* inPages<Row>(read: (ordinal: Ordinals) => Promise<Row[]>): AsyncGenerator<Row> {
  for (let next = 0; ; next += page) {
    const rows = await read({ gte: next, lt: next + page })
    if (rows.length === 0) return
    yield* rows
  }
}
