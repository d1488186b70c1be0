import type { PoolClient } from 'pg'
import { copyRows } from '@/lib/copy'
import type { ErrorCode } from '@/lib/error-sentences'
import type { ErrorParams } from '@/lib/errors'

export type Rejection = { fileOrdinal: number; line: number; code: ErrorCode; params: ErrorParams }

/** Rejections on their way to their table, a batch at a time: of prose that is no JSON every line is one. */
export type RejectionRows = {
  add(one: Rejection): Promise<void>
  flush(): Promise<void>
  /** Remembers how far the table is; what it gives goes back to there, for rows that the database has dropped. */
  mark(): () => void
}

const batch = 10_000

export function rejectionRows(client: PoolClient, uploadId: string): RejectionRows {
  let waiting: Rejection[] = []
  let written = 0
  async function flush(): Promise<void> {
    const rows = waiting.map((one, index) => [uploadId, written + index, one.fileOrdinal, one.line, one.code, JSON.stringify(one.params)])
    written += rows.length
    waiting = []
    if (rows.length > 0) await copyRows(client, 'upload_rejection', ['upload_id', 'ordinal', 'file_ordinal', 'line', 'code', 'params'], rows)
  }
  return {
    async add(one) {
      waiting.push(one)
      if (waiting.length >= batch) await flush()
    },
    flush,
    mark() {
      const before = written
      return () => {
        waiting = []
        written = before
      }
    },
  }
}
