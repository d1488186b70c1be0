import type { PoolClient } from 'pg'
import type { ErrorCode } from '@/lib/error-sentences'
import type { ErrorParams } from '@/lib/errors'

/** Puts accepted records into their tables, a batch at a time; says why it refuses one. */
export type RecordSink = {
  /** Takes a record, or says why not. */
  take(record: Record<string, unknown>): { ok: true } | { ok: false; code: ErrorCode; params: ErrorParams }
  /** Characters waiting to be written. */
  waiting(): number
  flush(client: PoolClient): Promise<void>
  finish(client: PoolClient): Promise<void>
}
