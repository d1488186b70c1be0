import * as z from 'zod/mini'
import type { Stretch, StretchSeries } from '@/lib/stages/training/stretches'

const single = z.tuple([z.number(), z.number()])
const several = z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number(), z.number(), z.number()])

/**
 * A run's curves on their way to the browser. `epoch` is the attempt that writes them: one that goes on from a checkpoint
 * takes back the steps after it. A stretch of one value is [step, value], another the eight figures of Stretch in its order.
 */
export const curveAnswer = z.object({
  epoch: z.number(),
  series: z.array(z.object({ name: z.string(), stretches: z.array(z.union([single, several])) })),
})

export type CurveAnswer = z.infer<typeof curveAnswer>

export function encodeCurves(epoch: number, series: readonly StretchSeries[]): CurveAnswer {
  return { epoch, series: series.map(({ name, stretches }) => ({ name, stretches: stretches.map(encoded) })) }
}

/** The series of an answer by name. */
export function decodeCurves({ series }: CurveAnswer): Map<string, Stretch[]> {
  return new Map(series.map(({ name, stretches }) => [name, stretches.map(decoded)]))
}

function encoded({ first, last, count, mean, low, lowStep, high, highStep }: Stretch): CurveAnswer['series'][number]['stretches'][number] {
  return count === 1 ? [lowStep, short(low)] : [first, last, count, short(mean), short(low), lowStep, short(high), highStep]
}

function decoded(stretch: CurveAnswer['series'][number]['stretches'][number]): Stretch {
  if (stretch.length === 2) {
    const [step, value] = stretch
    return { first: step, last: step, count: 1, mean: value, low: value, lowStep: step, high: value, highStep: step }
  }
  const [first, last, count, mean, low, lowStep, high, highStep] = stretch
  return { first, last, count, mean, low, lowStep, high, highStep }
}

/** Eight digits are more than any screen shows. */
function short(value: number): number {
  return Number(value.toPrecision(8))
}
