import { MolianError } from '@/lib/errors'
import { openRecords, type OpenedRecords, type OpenOptions } from '@/lib/text/open-records'
import { openSource } from '@/lib/text/open-source'

const UNPACKED_LIMIT = 4 * 1024 ** 3

/**
 * Opens the one file of records that a path leads to, packed or not; of an archive the first that is meant to be read.
 * `fileName` is its name as people know it. Throws upload.* and entry.* where it cannot be read.
 */
export async function openRecordFile(path: string, fileName: string, options: OpenOptions = { wanted: 'test' }): Promise<OpenedRecords> {
  for await (const source of openSource(path, fileName, { unpackedBytes: UNPACKED_LIMIT })) {
    // Awaited here: leaving the loop closes the archive to whoever has not begun to read.
    if ('chunks' in source) return await openRecords(source, options)
    if (!source.skipped) throw new MolianError(source.fault.code, source.fault.params)
  }
  throw new MolianError('upload.empty', { file: fileName })
}
