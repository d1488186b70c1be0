import { randomUUID } from 'node:crypto'
import { copyRows, type CopyValue } from '@/lib/copy'
import { Prisma, type Upload } from '@/lib/generated/prisma/client'
import { rowPremise } from '@/lib/stages/stories/row-premise'
import { testRowOf } from '@/lib/text/test-row'
import { batch as limits, type RecordSink } from '@/gpu-worker/stages/read-upload/record-sink'

/** Records as rows of a test file, each kept as it came beside the fields that are used. */
export function testRows(upload: Upload): RecordSink {
  const testFileId = randomUUID()
  let rows: CopyValue[][] = []
  let waiting = 0
  let ordinal = 0
  let file: number | undefined
  return {
    take(record, fileOrdinal) {
      // A submission answers one file, row by row.
      if (file !== undefined && file !== fileOrdinal) return { ok: false, code: 'record.second-test-file', params: {} }
      const read = testRowOf(record)
      if (!read.ok) return read
      file = fileOrdinal
      const { instruction, input } = read.row
      const whole = JSON.stringify(record)
      rows.push([testFileId, ordinal, instruction, input, whole])
      waiting += whole.length
      ordinal += 1
      return { ok: true }
    },
    isFull: () => waiting > limits.characters || rows.length >= limits.records,
    async flush(client) {
      if (ordinal > 0 && rows.length > 0) {
        await client.query(
          `INSERT INTO test_file (id, project_id, upload_id, row_count, premises) VALUES ($1, $2, $3, 0, 0) ON CONFLICT (id) DO NOTHING`,
          [testFileId, upload.projectId, upload.id],
        )
      }
      await copyRows(client, 'test_row', ['test_file_id', 'ordinal', 'instruction', 'input', 'record'], rows)
      rows = []
      waiting = 0
    },
    mark() {
      const before = { ordinal, file }
      return () => {
        rows = []
        waiting = 0
        ordinal = before.ordinal
        file = before.file
      }
    },
    async finish(client) {
      // Counted there, so that a million premises need not be remembered here.
      const counted = Prisma.sql`
        UPDATE test_file SET row_count = ${ordinal}, premises = (SELECT count(DISTINCT ${rowPremise}) FROM test_row WHERE test_file_id = ${testFileId}::uuid) WHERE id = ${testFileId}::uuid`
      await client.query(counted.text, counted.values)
    },
  }
}
