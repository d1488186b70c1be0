const FIRST_UNITS = 16 * 1024
const KEPT_UNITS = 4 * 1024 * 1024

/** A text's UTF-16 units as an array, which is several times as fast to walk as `charCodeAt`. */
export interface TextUnits {
  /** The units, then a zero, then whatever was there before. */
  units: Uint16Array
  length: number
  /** Whether any character needs two units, so that code points must be counted. */
  paired: boolean
}

interface Memory {
  bytes: Buffer
  units: Uint16Array
  pairs: Int32Array
}

let kept = memoryFor(FIRST_UNITS)

/** Lays a text out as units. They are valid until the next call, because the memory is used again. */
export function unitsOf(text: string): TextUnits {
  const { length } = text
  const memory = length + 2 <= kept.units.length ? kept : memoryFor(length * 2)
  if (memory.units.length <= KEPT_UNITS) kept = memory
  const { bytes, units, pairs } = memory
  bytes.write(text, 0, length * 2, 'utf16le')
  units[length] = 0
  units[length + 1] = 0
  return { units, length, paired: hasSurrogate(pairs, (length + 1) >> 1) }
}

function memoryFor(units: number): Memory {
  const memory = new ArrayBuffer((units + 2) * 4)
  return { bytes: Buffer.from(memory), units: new Uint16Array(memory), pairs: new Int32Array(memory) }
}

/** Whether any unit lies in D800 to DFFF; eight units a turn, because this is the one look at every character. */
function hasSurrogate(pairs: Int32Array, count: number): boolean {
  let found = 0
  let index = 0
  for (; index + 3 < count; index += 4) {
    found |= surrogateIn(pairs[index] ?? 0) | surrogateIn(pairs[index + 1] ?? 0) |
      surrogateIn(pairs[index + 2] ?? 0) | surrogateIn(pairs[index + 3] ?? 0)
  }
  for (; index < count; index += 1) found |= surrogateIn(pairs[index] ?? 0)
  return (found & TOP_BITS) !== 0
}

const TOP_BITS = 0x80008000 | 0
const SURROGATE = 0xd800d800 | 0
const SURROGATE_MASK = 0xf800f800 | 0

/** Has a half's top bit set when either of two units is a surrogate: that half is zero once masked, and the subtraction borrows into it. */
function surrogateIn(pair: number): number {
  const halves = (pair ^ SURROGATE) & SURROGATE_MASK
  return ((halves - 0x00010001) | 0) & ~halves
}
