import { type Measure, measureKinds } from '@/lib/scoring/measure-kinds'

type NumberFormat = (value: number, options?: { style?: 'percent'; maximumFractionDigits?: number; minimumFractionDigits?: number }) => string
type Words = { number: NumberFormat; yes: string; no: string }

/** One story's figure in the unit of its measure; a dash where the measure cannot be said of the story. */
export function figureOf(measure: Measure, value: number | null | undefined, { number, yes, no }: Words): string {
  if (value === null || value === undefined) return '–'
  if (measureKinds[measure].unit === 'yes') return value === 1 ? yes : no
  return spreadFigure(measure, value, number)
}

/** A figure that stands for many stories: what is yes or no of one is a share of many. */
export function spreadFigure(measure: Measure, value: number, number: NumberFormat): string {
  switch (measureKinds[measure].unit) {
    case 'share':
      return number(value, { style: 'percent', maximumFractionDigits: 1 })
    case 'yes':
      return number(value, { style: 'percent', maximumFractionDigits: 0 })
    case 'points':
    case 'characters':
    case 'times':
      return number(value, { maximumFractionDigits: 1 })
  }
}
