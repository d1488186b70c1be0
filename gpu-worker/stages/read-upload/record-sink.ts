import type { PoolClient } from 'pg'
import type { ErrorCode } from '@/lib/error-sentences'
import type { ErrorParams } from '@/lib/errors'

/** Puts accepted records into their tables, a batch at a time; says why it refuses one. */
export type RecordSink = {
  /** Takes a record of the upload's file of this ordinal, or says why not. */
  take(record: Record<string, unknown>, fileOrdinal: number): { ok: true } | { ok: false; code: ErrorCode; params: ErrorParams }
  /** Whether so much waits that it should be written before more is taken. */
  isFull(): boolean
  flush(client: PoolClient): Promise<void>
  /** Remembers where the sink is; what it gives goes back to there, for rows that the database has dropped. Nothing may wait then. */
  mark(): () => void
  finish(client: PoolClient): Promise<void>
}

/** What may wait in memory before it is copied: characters of text, and records, each of which costs something however short it is. */
export const batch = { characters: 8_000_000, records: 2_000 } as const
