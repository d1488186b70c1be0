/** Unicode code points in a string; an unpaired surrogate counts as one. */
export function codePoints(text: string): number {
  let count = text.length
  for (let at = 0; at < text.length - 1; at += 1) {
    if (isHighSurrogate(text.charCodeAt(at)) && isLowSurrogate(text.charCodeAt(at + 1))) {
      count -= 1
      at += 1
    }
  }
  return count
}

/** Han characters (the CJK blocks of Unicode, U+3007 〇 too), without kana, punctuation and Latin. */
export function hanCharacters(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (isHan(unit)) count += 1
    // Planes 2 and 3 hold nothing but Han; their high surrogates are D840 to D8BF.
    else if (unit >= 0xd840 && unit <= 0xd8bf) count += 1
  }
  return count
}

/** Whether a UTF-16 unit is a Han character of the basic plane. */
export function isHan(unit: number): boolean {
  return (unit >= 0x4e00 && unit <= 0x9fff) || (unit >= 0x3400 && unit <= 0x4dbf) || (unit >= 0xf900 && unit <= 0xfaff) || unit === 0x3007
}

export function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

export function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}
