import { isUtf8 } from 'node:buffer'
import jschardet from 'jschardet'
import { z } from 'zod'
import { MolianError } from '@/lib/errors'
import { withoutCutCharacter } from '@/lib/text/utf8'
import { foreignKind, looksBinary } from '@/lib/text/file-kind'
import { readAs } from '@/lib/text/plausibility'

export const textEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5'] as const
export type TextEncoding = (typeof textEncodings)[number]
export const textEncodingSchema = z.enum(textEncodings)

/** How a file's bytes are to be read; `confidence` from 0 to 1 is 1 where the bytes leave no doubt. */
export interface DetectedEncoding {
  encoding: TextEncoding
  bom: boolean
  confidence: number
}

/** Bytes from a file's start that are enough to tell its encoding. */
export const SAMPLE_BYTES = 1024 * 1024
const STATISTICS_BYTES = 128 * 1024

/**
 * Tells the encoding from a file's first bytes: byte order mark, then UTF-16 by the zeros
 * beside its ASCII, then strict UTF-8, then how plausibly the bytes read in each encoding. `whole` says
 * that the sample is the whole file; otherwise a character cut at its end is forgiven.
 * Throws upload.empty, upload.compressed, upload.binary or upload.encoding-unknown.
 */
export function detectEncoding(sample: Uint8Array, file: string, whole = false): DetectedEncoding {
  if (sample.length === 0) throw new MolianError('upload.empty', { file })
  const foreign = foreignKind(sample)
  if (foreign) throw new MolianError(foreign.code, { file, found: foreign.found })

  const marked = byteOrderMark(sample)
  if (marked) return { encoding: marked, bom: true, confidence: 1 }
  const wide = utf16WithoutMark(sample)
  if (wide) return { encoding: wide, bom: false, confidence: 0.99 }
  const binary = looksBinary(sample)
  if (!binary && isUtf8(whole ? sample : withoutCutCharacter(sample))) return { encoding: 'utf-8', bom: false, confidence: 1 }
  return byReading(sample, file, binary)
}

/** A person's word on the encoding, with what the bytes say to it. Throws as detectEncoding does for what is no text at all. */
export function encodingAsChosen(sample: Uint8Array, file: string, encoding: TextEncoding): DetectedEncoding {
  if (sample.length === 0) throw new MolianError('upload.empty', { file })
  const foreign = foreignKind(sample)
  if (foreign) throw new MolianError(foreign.code, { file, found: foreign.found })
  return { encoding, bom: byteOrderMark(sample) === encoding, confidence: readAs(sample.subarray(0, STATISTICS_BYTES), encoding).plausibility }
}

function byteOrderMark(sample: Uint8Array): TextEncoding | undefined {
  if (sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf) return 'utf-8'
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le'
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be'
  return undefined
}

/**
 * JSON and many a text begin with ASCII, so in UTF-16 one of its first two bytes is zero; in other encodings neither is. Which
 * of the two forms it is, only the text says: the indent of a Chinese paragraph (U+3000) has its zero on the other side.
 */
function utf16WithoutMark(sample: Uint8Array): TextEncoding | undefined {
  const [first, second, third, fourth] = sample
  if (first === undefined || second === undefined || (first === 0) === (second === 0)) return undefined
  if ((first || second) >= 0x80 || (second === 0 && third === 0 && fourth === 0)) return undefined
  const head = sample.subarray(0, STATISTICS_BYTES)
  return readAs(head, 'utf-16le').plausibility >= readAs(head, 'utf-16be').plausibility ? 'utf-16le' : 'utf-16be'
}

/** A reading is taken for right from here on; below it the detector's word counts more. */
const PLAUSIBLE = 0.25

/**
 * The most plausible reading. Mostly-UTF-8 files with a wrong byte somewhere are still UTF-8, and say so at the
 * record that holds it. A GB18030 decoder also takes BIG5 bytes and gives nonsense, so trying one after the other
 * is not enough. Chinese in UTF-16 has bytes that look binary, so only other encodings are refused for that.
 */
function byReading(sample: Uint8Array, file: string, binary: boolean): DetectedEncoding {
  const head = sample.subarray(0, STATISTICS_BYTES)
  const readings = textEncodings.map((encoding) => ({ encoding, confidence: readAs(head, encoding).plausibility }))
  readings.sort((one, other) => other.confidence - one.confidence)
  const [best] = readings
  if (best && best.confidence >= PLAUSIBLE && (!binary || best.encoding.startsWith('utf-16'))) return { ...best, bom: false }
  if (binary) throw new MolianError('upload.binary', { file, found: 'control characters' })
  const guess = jschardet.detect(Buffer.from(head))
  const named = encodingNamed(guess.encoding)
  if (named && readings.some(({ encoding, confidence }) => encoding === named && confidence > 0)) {
    return { encoding: named, bom: false, confidence: guess.confidence }
  }
  if (best && best.confidence > 0) return { ...best, bom: false }
  throw new MolianError('upload.encoding-unknown', { file })
}

function encodingNamed(name: string | null): TextEncoding | undefined {
  switch (name?.toLowerCase()) {
    case 'utf-8': return 'utf-8'
    case 'gb2312': case 'gbk': case 'gb18030': return 'gb18030'
    case 'big5': case 'big5-hkscs': case 'cp950': return 'big5'
    default: return undefined
  }
}
