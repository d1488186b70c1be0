import { isUtf8 } from 'node:buffer'
import jschardet from 'jschardet'
import { MolianError } from '@/lib/errors'
import { withoutCutCharacter } from '@/lib/text/utf8'
import { foreignKind, looksBinary } from '@/lib/text/file-kind'

export const textEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5'] as const
export type TextEncoding = (typeof textEncodings)[number]

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
 * beside its ASCII, then strict UTF-8, then statistics. `whole` says that the sample is the
 * whole file; otherwise a character cut at its end is forgiven.
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
  if (looksBinary(sample)) throw new MolianError('upload.binary', { file, found: 'control characters' })
  if (isUtf8(whole ? sample : withoutCutCharacter(sample))) return { encoding: 'utf-8', bom: false, confidence: 1 }
  return byStatistics(sample, file)
}

function byteOrderMark(sample: Uint8Array): TextEncoding | undefined {
  if (sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf) return 'utf-8'
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le'
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be'
  return undefined
}

/** JSON begins with ASCII, so in UTF-16 one of its first two bytes is zero; in other encodings neither is. */
function utf16WithoutMark(sample: Uint8Array): TextEncoding | undefined {
  const [first, second, third, fourth] = sample
  if (first === undefined || second === undefined) return undefined
  if (first !== 0 && first < 0x80 && second === 0 && !(third === 0 && fourth === 0)) return 'utf-16le'
  if (first === 0 && second !== 0 && second < 0x80) return 'utf-16be'
  return undefined
}

/**
 * Mostly-UTF-8 files with a wrong byte somewhere are still UTF-8, and say so at the record
 * that holds it. A GB18030 decoder also takes BIG5 bytes and gives nonsense, so trying one
 * after the other is not enough: the detector decides, and the commonest characters back it.
 */
function byStatistics(sample: Uint8Array, file: string): DetectedEncoding {
  const head = sample.subarray(0, STATISTICS_BYTES)
  const scores = (['utf-8', 'gb18030', 'big5'] as const).map((encoding) => ({ encoding, score: commonShare(head, encoding) }))
  scores.sort((one, other) => other.score - one.score)
  const [best, next] = scores
  const guess = jschardet.detect(Buffer.from(head))
  const named = encodingNamed(guess.encoding)
  if (named && scores.some(({ encoding, score }) => encoding === named && score > 0)) {
    return { encoding: named, bom: false, confidence: guess.confidence }
  }
  if (best && best.score > 0) {
    return { encoding: best.encoding, bom: false, confidence: Math.min(0.9, best.score - (next?.score ?? 0)) }
  }
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

// The most frequent characters of Chinese text, in both scripts, and its punctuation.
const common = new Set('的一是不了人在有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年过過发發后後作里裡裏，。、：；！？“”「」')
const REPLACEMENT = '\ufffd'

/** The share of common characters among the non-ASCII ones; 0 when more than one in a hundred is no character at all. */
function commonShare(bytes: Uint8Array, encoding: TextEncoding): number {
  const text = new TextDecoder(encoding).decode(bytes)
  let seen = 0, known = 0, broken = 0
  for (const character of text) {
    if (character < '\u0080') continue
    seen += 1
    if (character === REPLACEMENT) broken += 1
    else if (common.has(character)) known += 1
  }
  return seen === 0 || broken > seen / 100 ? 0 : known / seen
}
