import type { RecordFault } from '@/lib/text/json-scan'

/** A file that was given or that an archive holds, in the order of the archive. */
export type SourceFile = ReadableSource | UnreadSource

export interface ReadableSource {
  ordinal: number
  name: string
  inArchive: boolean
  /** Its bytes, unpacked; to be read before the next file is asked for. Throws entry.damaged where the archive is wrong. */
  chunks: AsyncGenerator<Buffer>
}

/** A file that is not read, and why; `skipped` where it is none of a person's own. */
export interface UnreadSource {
  ordinal: number
  name: string
  skipped: boolean
  fault: RecordFault
}

export interface SourceLimits {
  /** Bytes that everything in an archive may have together, unpacked. */
  unpackedBytes: number
}
