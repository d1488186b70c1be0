import type { Tx } from '@/lib/db'

/** Steps of a stretch, each kind made of the one before it. */
export const stretchWidths = [8, 32, 128, 512, 2_048, 8_192, 32_768] as const

/** So many steps are condensed at once, and the newest are left alone: a figure of the device may still be written there. */
const block = 512
const left = 64

/**
 * Condenses what a run has measured into rows of `metric_stretch`, from where that had ended to nearly its last step; a
 * run of a few hundred steps has none. Costs two looks at an index when nothing is due.
 */
export async function condenseMetrics(tx: Tx, trainingRunId: string): Promise<void> {
  const last = (await stepsMeasured(tx, trainingRunId))?.last ?? 0
  const end = Math.floor((last - left) / block) * block
  if (end <= 0) return
  const known = await condensedEnd(tx, trainingRunId, stretchWidths[0])
  if (end <= known) return
  await tx.$executeRaw`
    INSERT INTO metric_stretch (training_run_id, name, width, first_step, count, sum, low, low_step, high, high_step)
    SELECT ${trainingRunId}::uuid, name, ${stretchWidths[0]}, step / ${stretchWidths[0]} * ${stretchWidths[0]}, count(*), sum(value),
      (min(ARRAY[value, step]))[1], (min(ARRAY[value, step]))[2], (max(ARRAY[value, step]))[1], (max(ARRAY[value, step]))[2]
    FROM metric WHERE training_run_id = ${trainingRunId}::uuid AND step >= ${known} AND step < ${end}
    GROUP BY 2, 4
    ON CONFLICT DO NOTHING`
  for (const [at, width] of stretchWidths.entries()) {
    const narrower = stretchWidths[at - 1]
    if (narrower !== undefined) await widen(tx, trainingRunId, narrower, width, Math.floor(end / width) * width)
  }
}

/** Forgets the stretches that reach beyond a step, which are made anew when the steps are. */
export async function forgetStretches(tx: Tx, trainingRunId: string, afterStep: number): Promise<void> {
  await tx.$executeRaw`DELETE FROM metric_stretch WHERE training_run_id = ${trainingRunId}::uuid AND first_step + width > ${afterStep + 1}`
}

/** The first step that no stretch of this width holds. */
export async function condensedEnd(tx: Pick<Tx, '$queryRaw'>, trainingRunId: string, width: number): Promise<number> {
  const rows = await tx.$queryRaw<{ end: number | null }[]>`SELECT max(first_step) + ${width}::int AS end FROM metric_stretch WHERE training_run_id = ${trainingRunId}::uuid AND width = ${width}`
  return rows[0]?.end ?? 0
}

/** The first and the last step of which a run has measured anything; null where there is none. Two looks at an index. */
export async function stepsMeasured(tx: Pick<Tx, '$queryRaw'>, trainingRunId: string): Promise<{ first: number; last: number } | null> {
  const rows = await tx.$queryRaw<{ first: number | null; last: number | null }[]>`SELECT min(step) AS first, max(step) AS last FROM metric WHERE training_run_id = ${trainingRunId}::uuid`
  const { first = null, last = null } = rows[0] ?? {}
  return first === null || last === null ? null : { first, last }
}

/** Makes the stretches of a width from those of a narrower one, which are complete up to `end`. */
async function widen(tx: Tx, trainingRunId: string, narrower: number, width: number, end: number): Promise<void> {
  const known = await condensedEnd(tx, trainingRunId, width)
  if (end <= known) return
  await tx.$executeRaw`
    INSERT INTO metric_stretch (training_run_id, name, width, first_step, count, sum, low, low_step, high, high_step)
    SELECT training_run_id, name, ${width}, first_step / ${width} * ${width}, sum(count), sum(sum),
      (min(ARRAY[low, low_step]))[1], (min(ARRAY[low, low_step]))[2], (max(ARRAY[high, high_step]))[1], (max(ARRAY[high, high_step]))[2]
    FROM metric_stretch WHERE training_run_id = ${trainingRunId}::uuid AND width = ${narrower} AND first_step >= ${known} AND first_step < ${end}
    GROUP BY 1, 2, 4
    ON CONFLICT DO NOTHING`
}
