/** Characters of one entry of the index; a run must hold a whole one to be found. */
const gramLength = 12
/** Every so many characters of the passages are entered. */
const stride = 8
/** A run of this many characters is found wherever it stands: it holds a whole entry, however it lies. Shorter ones do not count. */
export const shortestRun = gramLength + stride

/** What a story has word for word from the passages: its share, 0 to 1, and the longest run with the passage it is from. */
export type Overlap = { share: number; longest: { text: string; passage: number } | null }

/**
 * Finds what a story has word for word from the passages it was trained on (memorisation, after Carlini et al., arXiv 2202.07646,
 * for whom 50 tokens are a copy; here 20 characters are). White space is left out of both. Memory: about 4 bytes a character
 * of the passages.
 */
export class PassageIndex {
  /** All passages; a zero stands before each and after the last. */
  private units = new Uint16Array(1 << 16)
  private end = 1
  /** Where each passage begins in `units`. */
  private readonly starts: number[] = []
  private table = new Uint32Array(1 << 13)
  private entries = 0

  /** Takes one passage more; it is named afterwards by its place among them, from 0. */
  add(passage: string): void {
    const text = withoutSpace(passage)
    const start = this.end
    this.makeRoom(text.length)
    for (let at = 0; at < text.length; at += 1) this.units[start + at] = text.charCodeAt(at)
    this.starts.push(start)
    this.end = start + text.length + 1
    for (let at = start; at + gramLength < this.end; at += stride) this.enter(at)
  }

  overlapOf(story: string): Overlap {
    const text = withoutSpace(story)
    const units = Uint16Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
    let [copied, covered] = [0, 0]
    let best = { from: 0, length: 0, at: 0 }
    for (let at = 0; at + gramLength <= units.length; at += 1) {
      const place = this.placeOf(units, at)
      if (place === 0) continue
      let before = 0
      while (before < at && units[at - before - 1] === this.units[place - before - 1]) before += 1
      let after = gramLength
      while (at + after < units.length && units[at + after] === this.units[place + after]) after += 1
      const length = before + after
      if (length >= shortestRun) {
        copied += at + after - Math.max(covered, at - before)
        covered = at + after
        if (length > best.length) best = { from: at - before, length, at: place }
      }
      at += after - gramLength
    }
    const longest = best.length === 0 ? null : { text: text.slice(best.from, best.from + best.length), passage: this.passageAt(best.at) }
    return { share: text.length === 0 ? 0 : copied / text.length, longest }
  }

  private makeRoom(length: number): void {
    if (this.end + length + 1 > this.units.length) {
      const units = new Uint16Array(Math.max(this.units.length * 2, this.end + length + 1))
      units.set(this.units)
      this.units = units
    }
    if ((this.entries + length / stride + 1) * 2 <= this.table.length) return
    const places = this.table
    this.entries = 0
    this.table = new Uint32Array(2 ** Math.ceil(Math.log2(places.length * 2 + length)))
    for (const place of places) if (place !== 0) this.enter(place)
  }

  private enter(place: number): void {
    const slot = this.slotOf(this.units, place)
    if (this.table[slot] !== 0) return
    this.table[slot] = place
    this.entries += 1
  }

  private placeOf(units: Uint16Array, at: number): number {
    return this.table[this.slotOf(units, at)] ?? 0
  }

  /** Where the entry is, or the free place where it would be. */
  private slotOf(units: Uint16Array, at: number): number {
    const mask = this.table.length - 1
    let slot = hashOf(units, at) & mask
    for (let place = this.table[slot] ?? 0; place !== 0 && !this.isSame(units, at, place); place = this.table[slot] ?? 0) slot = (slot + 1) & mask
    return slot
  }

  private isSame(units: Uint16Array, at: number, place: number): boolean {
    for (let offset = 0; offset < gramLength; offset += 1) if (units[at + offset] !== this.units[place + offset]) return false
    return true
  }

  private passageAt(place: number): number {
    let [low, high] = [0, this.starts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.starts[middle] ?? 0) <= place) low = middle
      else high = middle - 1
    }
    return low
  }
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/gu, '')
}

/** FNV-1a over UTF-16 units with a last mixing, since the table takes its lowest bits. */
function hashOf(units: Uint16Array, at: number): number {
  let hash = 0x811c9dc5
  for (let offset = 0; offset < gramLength; offset += 1) hash = Math.imul(hash ^ (units[at + offset] ?? 0), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}
