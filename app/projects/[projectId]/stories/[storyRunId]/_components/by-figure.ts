import { type Measure, measureKinds } from '@/lib/scoring/measure-kinds'

/** Stories by a measure, those to look at first: the worst, of a trait the largest. What it cannot be said of comes last. */
export function byFigure<Line extends { id: number }>(lines: readonly Line[], measure: Measure, figures: ReadonlyMap<number, number>): Line[] {
  const sign = measureKinds[measure].better === 'more' ? 1 : -1
  const place = ({ id }: Line) => {
    const figure = figures.get(id)
    return figure === undefined ? Infinity : sign * figure
  }
  // Infinity less Infinity is no number.
  return lines.toSorted((one, other) => (place(one) === place(other) ? 0 : place(one) - place(other)))
}
