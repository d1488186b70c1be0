import { Converter } from 'opencc-js/t2cn'

/**
 * What two writings of the same words have in common, one UTF-16 unit for each unit: letters and digits of full width
 * become half width and compatibility forms their plain ones (NFKC), capitals small letters, traditional characters
 * simplified. Punctuation is left alone. Only what stays
 * one unit long is changed, so that every place in the folded text is the same place in the text; traditional characters
 * are taken one by one, without regard to their words (乾隆 is folded to 干隆, whichever way it was written).
 */
type Folding = { to: Uint16Array; isWord: Uint8Array }

let made: Folding | undefined

function folding(): Folding {
  made ??= makeFolding()
  return made
}

function makeFolding(): Folding {
  const simplify = Converter({ from: 't', to: 'cn' })
  const to = new Uint16Array(0x10000)
  const isWord = new Uint8Array(0x10000)
  for (let unit = 0; unit < 0x10000; unit++) {
    to[unit] = unit
    // A character beyond the first plane is two surrogates; each is kept, and counts as part of a word.
    if (unit >= 0xd800 && unit <= 0xdfff) {
      isWord[unit] = 1
      continue
    }
    let folded = single(String.fromCharCode(unit).normalize('NFKC'), unit)
    folded = single(String.fromCharCode(folded).toLowerCase(), folded)
    if (folded >= 0x3400 && folded <= 0x9fff) folded = single(simplify(String.fromCharCode(folded)), folded)
    isWord[unit] = /[\p{L}\p{N}\p{M}]/u.test(String.fromCharCode(folded)) ? 1 : 0
    // Punctuation stays as it is written.
    if (isWord[unit] === 1) to[unit] = folded
  }
  return { to, isWord }
}

function single(text: string, otherwise: number): number {
  return text.length === 1 ? text.charCodeAt(0) : otherwise
}

/** The text folded, as long as it was: for searching. */
export function foldText(text: string): string {
  const { to } = folding()
  const units = new Uint16Array(text.length)
  for (let at = 0; at < text.length; at++) units[at] = to[text.charCodeAt(at)] ?? 0
  return Buffer.from(units.buffer).toString('utf16le')
}

/** The text folded and without whatever is no letter, mark or digit: spaces, line ends and punctuation are gone. For comparing. */
export function wordUnits(text: string): Uint16Array {
  const { to, isWord } = folding()
  const units = new Uint16Array(text.length)
  let length = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (isWord[unit] === 1) units[length++] = to[unit] ?? 0
  }
  return units.slice(0, length)
}

/** Whether a UTF-16 unit is part of a letter, mark or digit. */
export function isWordUnit(unit: number): boolean {
  return folding().isWord[unit] === 1
}
