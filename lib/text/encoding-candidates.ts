import { textEncodings, type TextEncoding } from '@/lib/text/encoding'
import { mojibakeIn, type MojibakeSign } from '@/lib/text/mojibake'
import { readAs } from '@/lib/text/plausibility'

/** How a file's beginning reads in one encoding, for a person to judge. */
export interface EncodingCandidate {
  encoding: TextEncoding
  /** From 0, nonsense, to 1, beyond doubt. */
  plausibility: number
  /** Characters of the sample that are none in this encoding. */
  damaged: number
  mojibake: MojibakeSign | undefined
  /** A piece of the text from where it stops being plain ASCII, in which all candidates read alike. */
  excerpt: string
}

/** Bytes from a file's start that candidates are judged by. */
export const CANDIDATE_BYTES = 32 * 1024
const EXCERPT_CHARACTERS = 120
const ASCII_BEFORE = 12

/** Every encoding with what the sample gives in it, the most plausible first. */
export function encodingCandidates(sample: Uint8Array): EncodingCandidate[] {
  const bytes = sample.subarray(0, CANDIDATE_BYTES)
  return textEncodings
    .map((encoding) => {
      const { text, plausibility, damaged } = readAs(bytes, encoding)
      return { encoding, plausibility, damaged, mojibake: mojibakeIn(text), excerpt: excerptOf(text) }
    })
    .sort((one, other) => other.plausibility - one.plausibility)
}

function excerptOf(text: string): string {
  const first = text.search(/\P{ASCII}/u)
  const from = Math.max(0, first - ASCII_BEFORE)
  const piece = Array.from(text.slice(from, from + EXCERPT_CHARACTERS * 2)).slice(0, EXCERPT_CHARACTERS).join('')
  return piece.replace(/\s+/g, ' ').replace(/[\p{Cc}\p{Cf}]/gu, '\u00b7').trim()
}
