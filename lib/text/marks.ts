/** 。！？!?… */
export function isTerminator(unit: number): boolean {
  return unit === 0x3002 || unit === 0xff01 || unit === 0xff1f || unit === 0x21 || unit === 0x3f || unit === 0x2026
}

/** ） ) 》 】 stay with the sentence that ends before them. */
export function isClosingBracket(unit: number): boolean {
  return unit === 0xff09 || unit === 0x29 || unit === 0x300b || unit === 0x3011
}

export function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x3000 || (unit >= 0x09 && unit <= 0x0d) || unit === 0xa0
}
