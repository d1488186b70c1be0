/** How good a place is for a cut; the lower the better. */
export const cutRank = { paragraph: 0, sentence: 1, quoted: 2, clause: 3, anywhere: 4 } as const

/**
 * The places where a text may be cut, in order; the last is its end. Each lies after the blank
 * space that follows its prose, so that no passage begins with any. Columns rather than objects,
 * because a novel has tens of thousands; used again for text after text, because making the
 * columns costs more than filling them.
 */
export class CutPlaces {
  count = 0
  /** Where the next passage would begin, in UTF-16 units and in code points. */
  units = new Int32Array(1024)
  points = new Int32Array(1024)
  /** Where the prose before the place ends, in code points. */
  proseEnds = new Int32Array(1024)
  ranks = new Uint8Array(1024)

  add(unit: number, point: number, proseEnd: number, rank: number): void {
    const { count } = this
    if (count === this.units.length) this.grow()
    this.units[count] = unit
    this.points[count] = point
    this.proseEnds[count] = proseEnd
    this.ranks[count] = rank
    this.count = count + 1
  }

  empty(): this {
    this.count = 0
    return this
  }

  /** The longest stretch, in code points, without a place in it; the blank space after it counts up to `blank`. */
  widestGap(blank: number): number {
    let widest = 0
    let from = 0
    for (let index = 0; index < this.count; index += 1) {
      const point = this.points[index] ?? 0
      widest = Math.max(widest, reach(this.proseEnds[index] ?? 0, point, blank) - from)
      from = point
    }
    return widest
  }

  private grow(): void {
    const { units, points, proseEnds, ranks } = this
    const capacity = units.length * 2
    this.units = new Int32Array(capacity)
    this.points = new Int32Array(capacity)
    this.proseEnds = new Int32Array(capacity)
    this.ranks = new Uint8Array(capacity)
    this.units.set(units)
    this.points.set(points)
    this.proseEnds.set(proseEnds)
    this.ranks.set(ranks)
  }
}

/** Where a passage that ends at `point` counts as ended: blank space after its prose is part of it unless it is longer than `blank`. */
export function reach(proseEnd: number, point: number, blank: number): number {
  return point - proseEnd > blank ? proseEnd : point
}

/** Copies places, letting `refine` add further ones before each that lies more than `gap` code points after the one before. */
export function refined(
  places: CutPlaces,
  into: CutPlaces,
  gap: number,
  blank: number,
  refine: (unit: number, point: number, proseEnd: number, nextUnit: number, nextPoint: number) => void,
): CutPlaces {
  into.empty()
  let unit = 0
  let point = 0
  for (let index = 0; index < places.count; index += 1) {
    const nextUnit = places.units[index] ?? 0
    const nextPoint = places.points[index] ?? 0
    const proseEnd = places.proseEnds[index] ?? 0
    if (reach(proseEnd, nextPoint, blank) - point > gap) refine(unit, point, proseEnd, nextUnit, nextPoint)
    into.add(nextUnit, nextPoint, proseEnd, places.ranks[index] ?? 0)
    unit = nextUnit
    point = nextPoint
  }
  return into
}
