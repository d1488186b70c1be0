/** How good a place is for a cut; the lower the better. */
export const cutRank = { paragraph: 0, sentence: 1, quoted: 2, clause: 3, anywhere: 4 } as const
export type CutRank = (typeof cutRank)[keyof typeof cutRank]

/**
 * The places where a text may be cut, in order; the last is its end. Each lies after the blank
 * space that follows its prose, so that no passage begins with any. Columns rather than
 * objects: a novel has tens of thousands.
 */
export class CutPlaces {
  count = 0
  /** Where the next passage would begin, in UTF-16 units and in code points. */
  units: Int32Array
  points: Int32Array
  /** Where the prose before the place ends, in code points. */
  proseEnds: Int32Array
  ranks: Uint8Array

  constructor(capacity: number) {
    this.units = new Int32Array(capacity)
    this.points = new Int32Array(capacity)
    this.proseEnds = new Int32Array(capacity)
    this.ranks = new Uint8Array(capacity)
  }

  add(unit: number, point: number, proseEnd: number, rank: CutRank): void {
    if (this.count === this.units.length) this.grow()
    this.units[this.count] = unit
    this.points[this.count] = point
    this.proseEnds[this.count] = proseEnd
    this.ranks[this.count] = rank
    this.count += 1
  }

  private grow(): void {
    const wider = new CutPlaces(this.units.length * 2)
    wider.units.set(this.units)
    wider.points.set(this.points)
    wider.proseEnds.set(this.proseEnds)
    wider.ranks.set(this.ranks)
    this.units = wider.units
    this.points = wider.points
    this.proseEnds = wider.proseEnds
    this.ranks = wider.ranks
  }
}
