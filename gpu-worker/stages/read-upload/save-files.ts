import type { PoolClient } from 'pg'
import { copyRows } from '@/lib/copy'
import type { FileOutcome } from '@/gpu-worker/stages/read-upload/read-file'

const columns = [
  'upload_id', 'ordinal', 'name', 'state', 'form', 'bytes', 'encoding', 'plausibility', 'mojibake', 'chosen_encoding',
  'accepted', 'rejected', 'damaged', 'damaged_lines', 'error_code', 'error_params',
]

/** Writes what became of each file of an upload. */
export async function saveFiles(client: PoolClient, uploadId: string, files: readonly FileOutcome[]): Promise<void> {
  const rows = files.map((file) => [
    uploadId, file.ordinal, file.name, file.state, file.form ?? null, file.bytes, file.encoding ?? null, file.plausibility ?? null, file.mojibake ?? null,
    file.chosen ?? null, file.accepted, file.rejected, file.damage.count, `{${file.damage.lines.join(',')}}`, file.fault?.code ?? null,
    file.fault ? JSON.stringify(file.fault.params) : null,
  ])
  await copyRows(client, 'upload_file', columns, rows)
}
