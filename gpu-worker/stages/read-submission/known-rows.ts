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

/**
 * Finds the row that a submission's record answers: the one at its place when its fields are the same, else the first of that sort
 * that nothing answered yet, so that a file in another order is read for what it is.
 */
export async function knownRows(testFileId: string): Promise<(record: Record<string, unknown>, place: number) => KnownRow | null> {
  const rows: (KnownRow & { print: string })[] = []
  const waiting = new Map<string, number[]>()
  for await (const { id, input, instruction, record } of rowsOf(testFileId)) {
    const print = printOf(record)
    waiting.set(print, [...(waiting.get(print) ?? []), rows.length])
    rows.push({ id, input, instruction, print })
  }
  const answered = new Set<number>()
  return (record, place) => {
    const print = printOf(record)
    const free = rows[place]?.print === print && !answered.has(place) ? place : waiting.get(print)?.find((ordinal) => !answered.has(ordinal))
    if (free === undefined) return null
    answered.add(free)
    return rows[free] ?? null
  }
}

/** Of every field but the answer, whatever their order. */
function printOf(record: Record<string, unknown>): string {
  return JSON.stringify(Object.entries(record).filter(([field]) => field !== 'output').toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

async function* rowsOf(testFileId: string): AsyncGenerator<KnownRow & { record: Record<string, unknown> }> {
  for (let next = 0; ; next += page) {
    const rows = await db().testRow.findMany({ where: { testFileId, ordinal: { gte: next, lt: next + page } }, orderBy: { ordinal: 'asc' } })
    if (rows.length === 0) return
    for (const row of rows) yield { ...row, record: recordSchema.parse(row.record) }
  }
}
