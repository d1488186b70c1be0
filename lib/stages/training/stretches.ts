import { z } from 'zod'
import { db } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import { condensedEnd, stepsMeasured, stretchWidths } from '@/lib/stages/training/condense'

/** What a stretch of steps comes to: its lowest and highest value with their steps, its mean, and how many values it has. */
export type Stretch = { first: number; last: number; count: number; mean: number; low: number; lowStep: number; high: number; highStep: number }

export type StretchSeries = { name: string; stretches: Stretch[] }

const query = z.object({
  fromStep: z.int().min(0).default(0),
  toStep: z.int().min(0).max(2 ** 31 - 1).default(2 ** 31 - 1),
  /** Most stretches a series; each is drawn as two points at most. */
  most: z.int().min(1).max(750).default(700),
})

/**
 * The metrics of a run between two steps (both taken in), one series a name, in at most `most` stretches each. Reads a few
 * thousand rows at most, however long the run is: of a long one they are condensed already.
 */
export async function readStretches(trainingRunId: string, options: z.input<typeof query> = {}): Promise<StretchSeries[]> {
  const { fromStep, toStep, most } = query.parse(options)
  const measured = await stepsMeasured(db(), trainingRunId)
  const from = Math.max(fromStep, measured?.first ?? 0)
  const to = Math.min(toStep, measured?.last ?? -1)
  if (to < from) return []
  const steps = to - from + 1
  const width = stretchWidths.findLast((each) => each <= (2 * steps) / most) ?? 1
  const size = width * Math.ceil(steps / (Math.max(1, most - 1) * width))
  type Row = { name: string; first: number; last: number; count: number; mean: number; low: [number, number]; high: [number, number] }
  const rows = await db().$queryRaw<Row[]>`
    SELECT name, min(first) AS first, max(last) AS last, sum(count)::int AS count, sum(sum) / sum(count) AS mean, min(ARRAY[low, low_step]) AS low, max(ARRAY[high, high_step]) AS high
    FROM (${width === 1 ? single(trainingRunId, from, to) : await pieces(trainingRunId, width, from, to)}) piece
    GROUP BY name, first / ${size}::int ORDER BY name, min(first)`
  const series = new Map<string, StretchSeries>()
  for (const { name, low, high, ...row } of rows) {
    const known = series.get(name) ?? { name, stretches: [] }
    series.set(name, known)
    known.stretches.push({ ...row, low: low[0], lowStep: low[1], high: high[0], highStep: high[1] })
  }
  return [...series.values()]
}

/** Condensed stretches of the width as far as there are any, then the narrowest ones, then the newest steps one by one. */
async function pieces(trainingRunId: string, width: number, from: number, to: number): Promise<Prisma.Sql> {
  const narrowest = stretchWidths[0]
  const [wideEnd, end] = await Promise.all([condensedEnd(db(), trainingRunId, width), condensedEnd(db(), trainingRunId, narrowest)])
  const wide = condensed(trainingRunId, width, from, Math.min(wideEnd - 1, to))
  const narrow = condensed(trainingRunId, narrowest, Math.max(wideEnd, from), Math.min(end - 1, to))
  return Prisma.join([wide, narrow, single(trainingRunId, Math.max(end, from), to)], ' UNION ALL ')
}

function condensed(trainingRunId: string, width: number, from: number, to: number): Prisma.Sql {
  return Prisma.sql`
    SELECT name, first_step AS first, first_step + width - 1 AS last, count, sum, low, low_step, high, high_step
    FROM metric_stretch WHERE training_run_id = ${trainingRunId}::uuid AND width = ${width} AND first_step BETWEEN ${Math.floor(from / width) * width} AND ${to}`
}

function single(trainingRunId: string, from: number, to: number): Prisma.Sql {
  return Prisma.sql`
    SELECT name, step AS first, step AS last, 1 AS count, value AS sum, value AS low, step AS low_step, value AS high, step AS high_step
    FROM metric WHERE training_run_id = ${trainingRunId}::uuid AND step BETWEEN ${from} AND ${to}`
}
