import { crc32 } from 'node:zlib'
import { openPromise, type Entry, type ZipFile } from 'yauzl'
import { MolianError } from '@/lib/errors'
import { documentIn } from '@/lib/text/document-kind'
import { entryName, entryNameVerdict, shownEntryName } from '@/lib/text/entry-name'
import type { RecordFault } from '@/lib/text/json-scan'
import type { SourceFile, SourceLimits } from '@/lib/text/source-file'
import { UnpackMeter } from '@/lib/text/unpack-meter'

const MOST_ENTRIES = 20_000
const UTF8_FLAG = 0x800
const UNIX = 3
const FILE_TYPE = 0o170000
const REGULAR = 0o100000
const SYMLINK = 0o120000

type NamedEntry = { entry: Entry; name: string }

/**
 * The files of a zip archive, streamed from where it lies; nothing is unpacked to disk and no name becomes a path.
 * `onBytes` hears how much of the archive has been read. Throws upload.archive-* and upload.document
 * where the whole archive is refused.
 */
export async function* zipFiles(path: string, fileName: string, limits: SourceLimits, onBytes: (read: number) => void): AsyncGenerator<SourceFile> {
  const broken = (cause: unknown) => new MolianError('upload.archive-broken', { file: fileName }, { cause })
  // Sizes are checked as the bytes come, entry by entry: one wrong entry loses none of the others.
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: false }).catch((cause: unknown) => {
    throw broken(cause)
  })
  try {
    const entries = await directoryOf(zip, fileName, broken)
    const document = documentIn(entries.map(({ name }) => name))
    if (document) throw new MolianError('upload.document', { file: fileName, found: document })
    const meter = new UnpackMeter(fileName, limits.unpackedBytes)
    let read = 0
    let ordinal = 0
    for (const { entry, name } of entries) {
      const verdict = entryNameVerdict(name)
      if (verdict === 'directory') continue
      const shown = shownEntryName(name)
      const fault: RecordFault | undefined = verdict === 'file' ? faultOf(entry, shown) : { code: verdict, params: { file: shown } }
      if (fault) yield { ordinal, name: shown, skipped: verdict === 'entry.hidden', fault }
      else {
        const before = read
        const chunks = entryChunks(zip, entry, shown, meter, (share) => onBytes(before + Math.round(share * entry.compressedSize)))
        yield { ordinal, name: shown, inArchive: true, chunks }
      }
      ordinal += 1
      read += entry.compressedSize
      onBytes(read)
    }
  } finally {
    zip.close()
  }
}

async function directoryOf(zip: ZipFile, fileName: string, broken: (cause: unknown) => MolianError): Promise<NamedEntry[]> {
  const entries: NamedEntry[] = []
  try {
    for await (const entry of zip.eachEntry()) {
      if (entries.length >= MOST_ENTRIES) throw new MolianError('upload.archive-entries', { file: fileName, limit: MOST_ENTRIES })
      const flaggedUtf8 = (entry.generalPurposeBitFlag & UTF8_FLAG) !== 0
      entries.push({ entry, name: entryName({ raw: entry.fileNameRaw, flaggedUtf8, extraFields: entry.extraFields }) })
    }
  } catch (error) {
    throw error instanceof MolianError ? error : broken(error)
  }
  return entries
}

function faultOf(entry: Entry, file: string): RecordFault | undefined {
  if (entry.isEncrypted()) return { code: 'entry.encrypted', params: { file } }
  const type = entry.versionMadeBy >>> 8 === UNIX ? (entry.externalFileAttributes >>> 16) & FILE_TYPE : 0
  if (type === SYMLINK) return { code: 'entry.symlink', params: { file } }
  if (type !== 0 && type !== REGULAR) return { code: 'entry.special', params: { file } }
  return entry.canDecodeFileData() ? undefined : { code: 'entry.method', params: { file, method: entry.compressionMethod } }
}

/** An entry's bytes, with its length and checksum proved at the end. */
async function* entryChunks(zip: ZipFile, entry: Entry, file: string, meter: UnpackMeter, onShare: (share: number) => void): AsyncGenerator<Buffer> {
  let unpacked = 0
  let checksum = 0
  try {
    const stream: AsyncIterable<Buffer> = await zip.openReadStreamPromise(entry)
    for await (const chunk of stream) {
      unpacked += chunk.length
      meter.add(file, chunk.length, unpacked, entry.compressedSize)
      checksum = crc32(chunk, checksum)
      onShare(Math.min(1, unpacked / Math.max(1, entry.uncompressedSize)))
      yield chunk
    }
  } catch (cause) {
    throw cause instanceof MolianError ? cause : new MolianError('entry.damaged', { file }, { cause })
  }
  if (unpacked !== entry.uncompressedSize || checksum !== entry.crc32) throw new MolianError('entry.damaged', { file })
}
