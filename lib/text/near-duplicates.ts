import { BandTable } from '@/lib/text/band-table'
import { signatureLength, signatureOf } from '@/lib/text/min-hash'
import { GramSet, gramHash } from '@/lib/text/ngrams'

/** Numbers of the signature in a band, and bands. Texts are compared when all numbers of one band are the same. */
const rows = 4
const bands = signatureLength / rows

/** Below so many letters and digits, texts are the same or they are not: a few shared n-grams say nothing. */
const shortest = 24

/** A text that repeats another: how many of the n-grams of both they share (Jaccard, 0 to 1), and whether nothing at all differs. */
export type Repeat = { text: number; likeness: number; exact: boolean }

/** The text that came first, and those that are like it. Texts are numbered from 0 in the order in which they came. */
export type DuplicateGroup = { first: number; repeats: Repeat[] }

/**
 * Groups texts that are the same or nearly so. Texts come in batches, folded (`wordUnits`); each one is compared with
 * those that came first, before it, and joins the one it is most like, if their likeness reaches `likenessFrom`. So every
 * member of a group has been compared with its first, and no chain of small changes joins what is not alike.
 *
 * What to compare is found by banding the MinHash signature (Leskovec, Rajaraman & Ullman, "Mining of Massive Datasets",
 * 3.4): of two texts with likeness s a band of 4 numbers is the same with probability s⁴, and one of 32 bands with
 * 1 − (1 − s⁴)³²: 0.87 at s = 0.5, 0.99 at 0.6, 0.9998 at 0.7. What is found is then compared n-gram by n-gram, so that
 * chance can only leave a pair out, never make one. Equal texts are always found.
 *
 * Memory is some 450 bytes for each text that is no repeat, and one batch of texts.
 */
export class NearDuplicates {
  private readonly table = new BandTable(bands + 1)
  /** The text behind each number of the table. */
  private readonly firsts: number[] = []
  private readonly groups = new Map<number, Repeat[]>()
  private readonly one = new GramSet()
  private readonly other = new GramSet()
  private count = 0

  /** `read` gives earlier texts again, folded, in the order of the numbers. */
  constructor(
    private readonly likenessFrom: number,
    private readonly read: (texts: readonly number[]) => Promise<readonly Uint16Array[]>,
  ) {}

  /** Takes the next texts. */
  async add(batch: readonly Uint16Array[]): Promise<void> {
    const begins = this.count
    this.count += batch.length
    const keys = batch.map(keysOf)
    const known = await this.earlier(keys)
    for (const [index, units] of batch.entries()) {
      const own = keys[index]
      if (!own || units.length === 0) continue
      const repeat = this.mostLike(units, this.candidates(own), (text) => (text < begins ? known.get(text) : batch[text - begins]))
      if (repeat) {
        const repeats = this.groups.get(repeat.first) ?? []
        repeats.push({ text: begins + index, likeness: repeat.likeness, exact: repeat.exact })
        this.groups.set(repeat.first, repeats)
      } else {
        this.table.add(own)
        this.firsts.push(begins + index)
      }
    }
  }

  /** Every group of two texts or more, in the order of their firsts. */
  found(): DuplicateGroup[] {
    return [...this.groups].map(([first, repeats]) => ({ first, repeats })).sort((a, b) => a.first - b.first)
  }

  /** Texts of earlier batches that any text of this one is to be compared with. */
  private async earlier(keys: readonly Uint32Array[]): Promise<Map<number, Uint16Array>> {
    const wanted = [...new Set(keys.flatMap((own) => this.candidates(own)))].sort((a, b) => a - b)
    const texts = wanted.length > 0 ? await this.read(wanted) : []
    return new Map(wanted.map((text, index) => [text, texts[index] ?? new Uint16Array(0)]))
  }

  private candidates(keys: Uint32Array): number[] {
    const found = new Set<number>()
    for (const key of keys) this.table.each(key, (place) => found.add(this.firsts[place] ?? 0))
    return [...found]
  }

  private mostLike(
    units: Uint16Array,
    candidates: readonly number[],
    textOf: (text: number) => Uint16Array | undefined,
  ): { first: number; likeness: number; exact: boolean } | null {
    let best: { first: number; likeness: number; exact: boolean } | null = null
    if (candidates.length === 0) return null
    this.one.fill(units)
    for (const first of candidates.toSorted((a, b) => a - b)) {
      const text = textOf(first)
      if (!text) continue
      const exact = isSame(units, text)
      if (!exact && Math.min(units.length, text.length) < shortest) continue
      const shared = exact ? 0 : this.other.fill(text, this.one)
      const likeness = exact ? 1 : shared / (this.one.size + this.other.size - shared)
      if (likeness >= this.likenessFrom && likeness > (best?.likeness ?? 0)) best = { first, likeness, exact }
      if (exact) break
    }
    return best
  }
}

/** One key for each band of the signature, and one of the whole text, which equal texts share however short they are. */
function keysOf(units: Uint16Array): Uint32Array {
  const keys = new Uint32Array(bands + 1)
  let whole = units.length
  for (const unit of units) whole = gramHash(whole, unit)
  // A text too short to be compared by its n-grams has this key alone, in all places.
  const signature = units.length < shortest ? null : signatureOf(units)
  for (let band = 0; band <= bands; band++) {
    let key = band
    for (let row = 0; row < rows; row++) key = gramHash(key, signature?.[band * rows + row] ?? 0)
    keys[band] = signature && band < bands ? key : whole
  }
  return keys
}

function isSame(one: Uint16Array, other: Uint16Array): boolean {
  return one.length === other.length && one.every((unit, at) => unit === other[at])
}
