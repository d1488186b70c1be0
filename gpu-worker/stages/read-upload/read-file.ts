import type { PoolClient } from 'pg'
import { MolianError } from '@/lib/errors'
import type { UploadFileState, UploadKind } from '@/lib/generated/prisma/client'
import type { TextEncoding } from '@/lib/text/encoding'
import type { FileForm } from '@/lib/text/file-form'
import type { RecordFault } from '@/lib/text/json-scan'
import type { MojibakeSign } from '@/lib/text/mojibake'
import { openRecords, type OpenedRecords } from '@/lib/text/open-records'
import type { SourceFile } from '@/lib/text/source-file'
import type { TextDamage } from '@/lib/text/text-novel'
import type { RecordSink } from '@/gpu-worker/stages/read-upload/record-sink'
import type { RejectionRows } from '@/gpu-worker/stages/read-upload/rejection-rows'

/** What became of one file of an upload. */
export type FileOutcome = {
  ordinal: number
  name: string
  state: UploadFileState
  form?: FileForm
  bytes: number
  encoding?: TextEncoding
  plausibility?: number
  mojibake?: MojibakeSign
  chosen?: TextEncoding
  accepted: number
  rejected: number
  damage: TextDamage
  fault?: RecordFault
}

type Reading = {
  client: PoolClient
  sink: RecordSink
  rejections: RejectionRows
  source: SourceFile
  wanted: UploadKind
  chosen: TextEncoding | undefined
  signal: AbortSignal
}

const unread = { bytes: 0, accepted: 0, rejected: 0, damage: { count: 0, lines: [] } } as const

/**
 * Reads one file's records into the sink. What is wrong with the file as a whole refuses it and leaves nothing of it;
 * what is wrong with the whole upload (upload.archive-*) is thrown.
 */
export async function readFile(reading: Reading): Promise<FileOutcome> {
  const { source, chosen } = reading
  const { ordinal, name } = source
  const known = { ...unread, damage: { count: 0, lines: [] }, ordinal, name, chosen }
  if (!('chunks' in source)) return { ...known, state: source.skipped ? 'skipped' : 'refused', fault: source.fault }
  let opened: OpenedRecords | undefined
  try {
    opened = await openRecords(source, { wanted: reading.wanted, chosen })
    const counts = await takeAll(opened, reading, source.inArchive)
    if (counts.accepted > 0) return { ...known, ...told(opened), ...counts, state: 'taken' }
    return { ...known, ...told(opened), ...counts, state: 'refused', fault: { code: 'upload.nothing-accepted', params: { file: name, rejected: counts.rejected } } }
  } catch (error) {
    if (!(error instanceof MolianError) || error.code.startsWith('upload.archive-')) throw error
    return { ...known, ...(opened ? told(opened) : {}), damage: known.damage, state: 'refused', fault: { code: error.code, params: error.params } }
  }
}

function told(opened: OpenedRecords): Pick<FileOutcome, 'form' | 'encoding' | 'plausibility' | 'mojibake' | 'bytes' | 'damage'> {
  const { form, encoding, plausibility, mojibake } = opened
  return { form, encoding: encoding.encoding, plausibility, mojibake, bytes: opened.bytes(), damage: opened.damage() }
}

async function takeAll(opened: OpenedRecords, { client, sink, rejections, source, signal }: Reading, inArchive: boolean): Promise<{ accepted: number; rejected: number }> {
  let accepted = 0
  let rejected = 0
  const undo = inArchive && opened.form === 'records' ? await savepoint(client, sink, rejections) : undefined
  try {
    for await (const record of opened.records) {
      signal.throwIfAborted()
      const taken = record.ok ? sink.take(record.value, source.ordinal) : record
      if (taken.ok) accepted += 1
      else {
        rejected += 1
        await rejections.add({ fileOrdinal: source.ordinal, line: record.line, code: taken.code, params: taken.params })
      }
      if (sink.isFull()) await sink.flush(client)
    }
  } catch (error) {
    if (error instanceof MolianError) await undo?.()
    throw error
  }
  return { accepted, rejected }
}

/** Of an entry that turns out damaged at its end nothing may stay; the files before it do. */
async function savepoint(client: PoolClient, sink: RecordSink, rejections: RejectionRows): Promise<() => Promise<void>> {
  await sink.flush(client)
  await rejections.flush()
  await client.query('SAVEPOINT file')
  const back = [sink.mark(), rejections.mark()]
  return async () => {
    await client.query('ROLLBACK TO SAVEPOINT file')
    for (const step of back) step()
  }
}
