import { MolianError } from '@/lib/errors'
import { decodeToUtf8 } from '@/lib/text/decode'
import { detectEncoding, encodingAsChosen, SAMPLE_BYTES, type DetectedEncoding, type TextEncoding } from '@/lib/text/encoding'
import { CANDIDATE_BYTES } from '@/lib/text/encoding-candidates'
import { fileForm, type FileForm } from '@/lib/text/file-form'
import { foreignKind } from '@/lib/text/file-kind'
import { mojibakeIn, type MojibakeSign } from '@/lib/text/mojibake'
import { peek } from '@/lib/text/peek'
import { readAs } from '@/lib/text/plausibility'
import { readRecords, recordLimits, type RecordOutcome } from '@/lib/text/records'
import type { ReadableSource } from '@/lib/text/source-file'
import { textNovel, type TextDamage } from '@/lib/text/text-novel'

/** A file being read: what its beginning told, its records one at a time, and what is known once they have come to their end. */
export interface OpenedRecords {
  form: FileForm
  encoding: DetectedEncoding
  plausibility: number
  mojibake: MojibakeSign | undefined
  records: AsyncGenerator<RecordOutcome>
  /** Bytes of it so far, unpacked. */
  bytes(): number
  damage(): TextDamage
}

export interface OpenOptions {
  /** What the file is wanted for; undefined where its own records decide. */
  wanted?: 'novels' | 'test'
  /** A person's word on the encoding. */
  chosen?: TextEncoding
}

/**
 * Opens one file of novels or test rows of any form and encoding: tells both from its beginning, then gives one record at a time.
 * Throws upload.* or entry.* where the file as a whole is refused.
 */
export async function openRecords(source: ReadableSource, options: OpenOptions = {}): Promise<OpenedRecords> {
  const { name, chunks } = source
  let bytes = 0
  let damage: TextDamage = { count: 0, lines: [] }
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      bytes += chunk.length
      yield chunk
    }
  }
  const { sample, isWhole, all } = await peek(counted(), SAMPLE_BYTES)
  try {
    if (source.inArchive) refuseNested(sample, name)
    const encoding = options.chosen ? encodingAsChosen(sample, name, options.chosen) : detectEncoding(sample, name, isWhole)
    const reading = readAs(sample.subarray(0, CANDIDATE_BYTES), encoding.encoding)
    const form = fileForm(name, reading.text, options.wanted)
    const utf8 = decodeToUtf8(all, encoding.encoding)
    const records =
      form === 'records'
        ? readRecords(utf8, name, recordLimits, encoding.encoding)
        : textNovel(utf8, name, recordLimits, (found) => {
            damage = found
          })
    const { plausibility, text } = reading
    return { form, encoding, plausibility, mojibake: mojibakeIn(text), records, bytes: () => bytes, damage: () => damage }
  } catch (error) {
    await all.return(undefined)
    throw error
  }
}

/** A file's first bytes, at most as many as are wanted of them; the file is closed again. */
export async function sampleOf(source: ReadableSource, size: number): Promise<Buffer> {
  const { sample, all } = await peek(source.chunks, size)
  await all.return(undefined)
  await source.chunks.return(undefined)
  return sample.subarray(0, size)
}

/** An archive in an archive is not opened: how deep it goes, nobody can know. */
function refuseNested(sample: Buffer, file: string): void {
  const foreign = foreignKind(sample)
  if (foreign?.code === 'upload.compressed') throw new MolianError('entry.nested-archive', { file, found: foreign.found })
}
