import type { PoolClient } from 'pg'
import { artifactPath, inHome } from '@/lib/artifacts'
import { copyRows } from '@/lib/copy'
import { db } from '@/lib/db'
import type { ErrorCode } from '@/lib/error-sentences'
import { MolianError, type ErrorParams } from '@/lib/errors'
import { announce } from '@/lib/events'
import type { Upload } from '@/lib/generated/prisma/client'
import type { Attempt, Handler } from '@/lib/queue/attempt'
import { fencedClient } from '@/lib/queue/fenced-client'
import { openRecordFile } from '@/lib/text/record-file'
import { novelRows } from '@/gpu-worker/stages/read-upload/novel-rows'
import { testRows } from '@/gpu-worker/stages/read-upload/test-rows'

type Rejection = { line: number; code: ErrorCode; params: ErrorParams }

/** Characters that may wait in memory before they are copied. */
const batchCharacters = 8_000_000
/** Rejected records likewise. */
const batchRejections = 10_000

/** Reads an upload record by record into the database, in one transaction: a half-read file is never there. */
export const readUpload: Handler = async (attempt) => {
  const upload = await db().upload.findUniqueOrThrow({ where: { id: attempt.subjectId } })
  try {
    return await read(upload, attempt)
  } catch (error) {
    if (error instanceof MolianError) await refuse(upload, attempt, error)
    throw error
  }
}

async function read(upload: Upload, attempt: Attempt): Promise<{ accepted: number; rejected: number }> {
  const size = Number(upload.bytes)
  // Progress is in KiB: bytes of a file over 2 GiB do not fit the column.
  const total = Math.max(1, Math.ceil(size / 1024))
  const onBytes = (bytes: number) => attempt.progress({ done: Math.min(total, Math.ceil(bytes / 1024)), total, phase: 'reading' })
  const { encoding, records } = await openRecordFile(inHome(artifactPath.upload(upload.id)), upload.fileName, onBytes)
  const change = { project: upload.projectId, topic: 'upload' as const, id: upload.id }
  return fencedClient({ jobId: attempt.jobId, epoch: attempt.epoch }, change, async (client) => {
    await clearEarlier(client, upload.id)
    const sink = upload.kind === 'novels' ? novelRows(upload) : testRows(upload)
    const rejections = rejectionRows(client, upload.id)
    let accepted = 0
    for await (const record of records) {
      attempt.signal.throwIfAborted()
      const taken = record.ok ? sink.take(record.value) : record
      if (taken.ok) accepted += 1
      else await rejections.add({ line: record.line, code: taken.code, params: taken.params })
      if (sink.waiting() > batchCharacters) await sink.flush(client)
    }
    await sink.flush(client)
    const rejected = await rejections.finish()
    if (accepted === 0) {
      await saveRefusal(client, upload, encoding.encoding, rejected)
      return { accepted, rejected, refused: true }
    }
    await sink.finish(client)
    await client.query(
      `UPDATE upload SET state = 'ready', encoding = $2, accepted = $3, rejected = $4, total = $3::int + $4::int, error_code = NULL, error_params = NULL WHERE id = $1`,
      [upload.id, encoding.encoding, accepted, rejected],
    )
    return { accepted, rejected, refused: false }
  }).then(({ accepted, rejected, refused }) => {
    if (refused) throw nothingAccepted(upload, rejected)
    return { accepted, rejected }
  })
}

/** Rejections on their way to their table, a batch at a time: of prose that is no JSON every line is one. */
function rejectionRows(client: PoolClient, uploadId: string): { add(one: Rejection): Promise<void>; finish(): Promise<number> } {
  let waiting: Rejection[] = []
  let written = 0
  async function flush(): Promise<void> {
    const rows = waiting.map((one, index) => [uploadId, written + index, one.line, one.code, JSON.stringify(one.params)])
    written += rows.length
    waiting = []
    if (rows.length > 0) await copyRows(client, 'upload_rejection', ['upload_id', 'ordinal', 'line', 'code', 'params'], rows)
  }
  return {
    async add(one) {
      waiting.push(one)
      if (waiting.length >= batchRejections) await flush()
    },
    async finish() {
      await flush()
      return written
    },
  }
}

function nothingAccepted(upload: Upload, rejected: number): MolianError {
  return new MolianError('upload.nothing-accepted', { file: upload.fileName, rejected })
}

/** The rejections stay, so that a person can see line by line why nothing was taken. */
async function saveRefusal(client: PoolClient, upload: Upload, encoding: string, rejected: number): Promise<void> {
  const error = nothingAccepted(upload, rejected)
  await client.query(
    `UPDATE upload SET state = 'refused', encoding = $2, accepted = 0, rejected = $3, total = $3, error_code = $4, error_params = $5 WHERE id = $1`,
    [upload.id, encoding, rejected, error.code, JSON.stringify(error.params)],
  )
}

async function refuse(upload: Upload, attempt: Attempt, error: MolianError): Promise<void> {
  await attempt.write(async (tx) => {
    await tx.upload.updateMany({
      where: { id: upload.id, state: { not: 'refused' } },
      data: { state: 'refused', errorCode: error.code, errorParams: error.params },
    })
    await announce(tx, { project: upload.projectId, topic: 'upload', id: upload.id })
  })
}

/** What a refused reading left, when the file is read again. */
async function clearEarlier(client: PoolClient, uploadId: string): Promise<void> {
  for (const table of ['upload_rejection', 'novel', 'test_file']) await client.query(`DELETE FROM ${table} WHERE upload_id = $1`, [uploadId])
}
