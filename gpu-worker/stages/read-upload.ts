import type { PoolClient } from 'pg'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import type { Upload } from '@/lib/generated/prisma/client'
import type { Attempt, Handler } from '@/lib/queue/attempt'
import { fencedClient } from '@/lib/queue/fenced-client'
import { carryOver } from '@/lib/stages/uploads/carry-over'
import { openSource } from '@/lib/text/open-source'
import { chosenEncodings } from '@/gpu-worker/stages/read-upload/chosen-encodings'
import { earlierNovels } from '@/gpu-worker/stages/read-upload/earlier-novels'
import { readFile, type FileOutcome } from '@/gpu-worker/stages/read-upload/read-file'
import { novelRows } from '@/gpu-worker/stages/read-upload/novel-rows'
import { rejectionRows } from '@/gpu-worker/stages/read-upload/rejection-rows'
import { saveFiles } from '@/gpu-worker/stages/read-upload/save-files'
import { testRows } from '@/gpu-worker/stages/read-upload/test-rows'

/** Reads an upload file by file and record by record into the database, in one transaction: a half-read file is never there. */
export const readUpload: Handler = async (attempt) => {
  const upload = await db().upload.findUniqueOrThrow({ where: { id: attempt.subjectId } })
  try {
    return await read(upload, attempt)
  } catch (error) {
    if (error instanceof MolianError) await refuse(upload, attempt, error)
    throw error
  }
}

type Outcome = { accepted: number; rejected: number; files: number; refusal: MolianError | undefined }

async function read(upload: Upload, attempt: Attempt): Promise<{ accepted: number; rejected: number; files: number; carried?: number }> {
  // Progress is in KiB: bytes of a file over 2 GiB do not fit the column.
  const total = Math.max(1, Math.ceil(Number(upload.bytes) / 1024))
  const onBytes = (bytes: number) => attempt.progress({ done: Math.min(total, Math.ceil(bytes / 1024)), total, phase: 'reading' })
  const change = { project: upload.projectId, topic: 'upload' as const, id: upload.id }
  const outcome = await fencedClient({ jobId: attempt.jobId, epoch: attempt.epoch }, change, async (client): Promise<Outcome> => {
    const chosen = await chosenEncodings(client, upload.id)
    await clearEarlier(client, upload.id)
    const earlier = await earlierNovels(client, upload.id)
    const sink = upload.kind === 'novels' ? novelRows(upload, earlier) : testRows(upload)
    const rejections = rejectionRows(client, upload.id)
    const files: FileOutcome[] = []
    for await (const source of openSource(inHome(artifactPath.upload(upload.id)), upload.fileName, { unpackedBytes: env().uploadLimit }, onBytes)) {
      attempt.signal.throwIfAborted()
      files.push(await readFile({ client, sink, rejections, source, wanted: upload.kind, chosen: chosen.get(source.ordinal), signal: attempt.signal }))
    }
    await sink.flush(client)
    await rejections.flush()
    await saveFiles(client, upload.id, files)
    const sum = { accepted: sumOf(files, 'accepted'), rejected: sumOf(files, 'rejected') }
    const refusal = sum.accepted > 0 ? undefined : nothingAccepted(upload, files)
    if (!refusal) await sink.finish(client)
    await earlier.dropOthers(client)
    await saveOutcome(client, upload, files, sum, refusal)
    return { ...sum, files: files.length, refusal }
  })
  const { refusal, ...result } = outcome
  if (refusal) throw refusal
  if (upload.waitingWords === null) return result
  return attempt.write(async (tx) => {
    const carried = await carryOver(tx, upload.id)
    await tx.upload.update({ where: { id: upload.id }, data: { state: 'ready' } })
    await announce(tx, change)
    return { ...result, carried }
  })
}

function sumOf(files: readonly FileOutcome[], count: 'accepted' | 'rejected'): number {
  return files.reduce((sum, file) => sum + file[count], 0)
}

/** Why nothing was taken: the one file's own reason, where there is one file. */
function nothingAccepted(upload: Upload, files: readonly FileOutcome[]): MolianError {
  const own = files.filter(({ state }) => state !== 'skipped')
  const [only] = own
  if (files.length === 0) return new MolianError('upload.empty', { file: upload.fileName })
  if (own.length === 1 && only?.fault) return new MolianError(only.fault.code, only.fault.params)
  return new MolianError('upload.archive-nothing', { file: upload.fileName, files: own.length || files.length })
}

/** The rejections stay with a refused upload too, so that a person can see line by line why nothing was taken. */
async function saveOutcome(client: PoolClient, upload: Upload, files: readonly FileOutcome[], sum: { accepted: number; rejected: number }, refusal: MolianError | undefined): Promise<void> {
  const encodings = new Set(files.flatMap(({ encoding }) => (encoding ? [encoding] : [])))
  await client.query(
    `UPDATE upload SET state = $2, encoding = $3, accepted = $4, rejected = $5, total = $4::int + $5::int, error_code = $6, error_params = $7 WHERE id = $1`,
    [
      upload.id,
      // What a person had said of it comes first; until then it is not whole.
      refusal ? 'refused' : upload.waitingWords === null ? 'ready' : 'reading',
      encodings.size === 1 ? [...encodings][0] : null,
      sum.accepted,
      sum.rejected,
      refusal?.code ?? null,
      refusal ? JSON.stringify(refusal.params) : null,
    ],
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

/** What an earlier reading left but for its novels, when the file is read again. */
async function clearEarlier(client: PoolClient, uploadId: string): Promise<void> {
  for (const table of ['upload_rejection', 'upload_file', 'test_file']) await client.query(`DELETE FROM ${table} WHERE upload_id = $1`, [uploadId])
}
