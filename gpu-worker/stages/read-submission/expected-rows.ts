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

async function* rowsOf(testFileId: string): AsyncGenerator<KnownRow & { record: Record<string, unknown> }> {
  for (let next = 0; ; next += page) {
    const rows = await db().testRow.findMany({ where: { testFileId, ordinal: { gte: next, lt: next + page } }, orderBy: { ordinal: 'asc' } })
    if (rows.length === 0) return
    for (const row of rows) yield { ...row, record: recordSchema.parse(row.record) }
  }
}
