import type { TextEncoding } from '@/lib/text/encoding'

/** What bytes give in an encoding, and how much that looks like text a person wrote: 0 nonsense, 1 beyond doubt. */
export interface Reading {
  text: string
  plausibility: number
  /** Characters that are none in this encoding; they stand as U+FFFD. */
  damaged: number
}

/** Below this a text is probably read in a wrong encoding; of sound Chinese prose none in a trial came under 0.8. */
export const DOUBTFUL = 0.4

// The most frequent characters of Chinese text, in both scripts, and its punctuation.
const common = new Set('的一是不了人在有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年过過发發后後作里裡裏，。、：；！？“”「」　')
/** The share of those in Chinese prose is above this; in bytes read in a wrong encoding it is far below. */
const COMMON_IN_PROSE = 0.2
/** Of the characters so many may be broken until nothing of the plausibility is left. */
const BROKEN_IN_NONSENSE = 0.05

// ICU lets the single bytes 80 and FF of BIG5 pass as these; the encoding has no such characters.
const NO_BIG5 = /[\u0080\uf8f8]/g
const LONE_SURROGATE = /\p{Surrogate}/gu
const REPLACEMENT = '\ufffd'

let frequent: Set<string> | undefined

/** Reads a file's beginning in one encoding and weighs the result; a character cut at the end is forgiven. */
export function readAs(bytes: Uint8Array, encoding: TextEncoding): Reading {
  const text = decodeLoosely(bytes, encoding)
  frequent ??= frequentCharacters()
  const wide = encoding === 'utf-8' || encoding === 'utf-16le' || encoding === 'utf-16be'
  let seen = 0, known = 0, prose = 0, broken = 0, damaged = 0, all = 0
  for (const character of text) {
    all += 1
    const point = character.codePointAt(0) ?? 0
    if (point < 0x80) {
      if (point < 0x20 && point !== 0x09 && point !== 0x0a && point !== 0x0c && point !== 0x0d) broken += 1
      continue
    }
    seen += 1
    if (character === REPLACEMENT) damaged += 1
    else if (frequent.has(character) || (wide && isOtherScript(point))) known += 1
    else if (point < 0xa0 || (point >= 0xe000 && point <= 0xf8ff) || (point & 0xfffe) === 0xfffe) broken += 1
    if (common.has(character)) prose += 1
  }
  const sound = Math.max(0, 1 - (broken + damaged) / Math.max(1, seen || all) / BROKEN_IN_NONSENSE)
  if (seen === 0) return { text, damaged, plausibility: all === 0 ? 0 : sound }
  // No other encoding's bytes are UTF-8 by chance once there are a few characters of several bytes.
  const certain = encoding === 'utf-8' && damaged === 0 && seen >= 4
  const shape = certain ? 1 : (known / seen) ** 2 * Math.min(1, prose / seen / COMMON_IN_PROSE)
  return { text, damaged, plausibility: shape * sound }
}

function decodeLoosely(bytes: Uint8Array, encoding: TextEncoding): string {
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be'
  if (wide) {
    const units = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)))
    if (encoding === 'utf-16be') units.swap16()
    return units.toString('utf16le').replace(/^\ufeff/, '').replace(/[\ud800-\udbff]$/, '').replace(LONE_SURROGATE, REPLACEMENT)
  }
  const text = new TextDecoder(encoding).decode(bytes, { stream: true })
  return encoding === 'big5' ? text.replace(NO_BIG5, REPLACEMENT) : text
}

/** Letters of other scripts, which say nothing against an encoding that has room for all of them. */
function isOtherScript(point: number): boolean {
  return (point >= 0xa0 && point <= 0x52f) || (point >= 0x3040 && point <= 0x30ff) || (point >= 0xac00 && point <= 0xd7a3)
}

/** The first levels of GB 2312 and BIG5, what each standard counted as in daily use, with Chinese punctuation. */
function frequentCharacters(): Set<string> {
  const found = new Set('—‘’“”…·')
  for (let point = 0x3000; point <= 0x303f; point += 1) found.add(String.fromCodePoint(point))
  for (let point = 0xff01; point <= 0xff5e; point += 1) found.add(String.fromCodePoint(point))
  const gb = new TextDecoder('gb18030')
  for (let lead = 0xb0; lead <= 0xd7; lead += 1) for (let trail = 0xa1; trail <= 0xfe; trail += 1) found.add(gb.decode(Uint8Array.of(lead, trail)))
  const big5 = new TextDecoder('big5')
  for (let lead = 0xa4; lead <= 0xc6; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) if (trail <= 0x7e || trail >= 0xa1) found.add(big5.decode(Uint8Array.of(lead, trail)))
  }
  found.delete(REPLACEMENT)
  return found
}
