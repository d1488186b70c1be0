/** Characters (UTF-16 units) of an n-gram. Two units fill 32 bits, so that four are two numbers, exactly. */
export const gramLength = 4

/** 32 bits of an n-gram, given as two pairs of units; the finaliser of MurmurHash3 spreads them (Appleby, public domain). */
export function gramHash(low: number, high: number): number {
  let hash = Math.imul(low, 0xcc9e2d51) ^ Math.imul((high << 15) | (high >>> 17), 0x1b873593)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** The distinct n-grams of one text at a time, each kept whole: what is in the set is what was put in, no hash of it. */
export class GramSet {
  /** Distinct n-grams in the set. */
  size = 0
  private capacity = 0
  private low = new Uint32Array(0)
  private high = new Uint32Array(0)
  private usedBy = new Uint32Array(0)
  private generation = 0

  /** Forgets what was in it and takes the text's n-grams; those that are also in `other` are counted and the count returned. */
  fill(units: Uint16Array, other?: GramSet): number {
    this.empty(units.length)
    let shared = 0
    for (let at = 0; at + gramLength <= units.length; at++) {
      const low = ((units[at] ?? 0) | ((units[at + 1] ?? 0) << 16)) >>> 0
      const high = ((units[at + 2] ?? 0) | ((units[at + 3] ?? 0) << 16)) >>> 0
      const hash = gramHash(low, high)
      if (this.put(low, high, hash) && other && other.holds(low, high, hash)) shared += 1
    }
    return shared
  }

  private empty(grams: number): void {
    this.size = 0
    this.generation += 1
    if (grams * 2 <= this.capacity) return
    this.capacity = 2 ** Math.ceil(Math.log2(Math.max(1024, grams * 2)))
    this.low = new Uint32Array(this.capacity)
    this.high = new Uint32Array(this.capacity)
    this.usedBy = new Uint32Array(this.capacity)
  }

  private put(low: number, high: number, hash: number): boolean {
    const slot = this.slotOf(low, high, hash)
    if (this.usedBy[slot] === this.generation) return false
    this.usedBy[slot] = this.generation
    this.low[slot] = low
    this.high[slot] = high
    this.size += 1
    return true
  }

  private holds(low: number, high: number, hash: number): boolean {
    return this.usedBy[this.slotOf(low, high, hash)] === this.generation
  }

  /** Where the n-gram is, or the free place where it would be. */
  private slotOf(low: number, high: number, hash: number): number {
    const mask = this.capacity - 1
    let slot = hash & mask
    while (this.usedBy[slot] === this.generation && (this.low[slot] !== low || this.high[slot] !== high)) slot = (slot + 1) & mask
    return slot
  }
}
