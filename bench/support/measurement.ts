import { z } from 'zod'

/**
 * One benchmark's result: both sides measured in the same run, `ratio` such that 1 is equal and more is
 * better for us, and whatever else is worth reporting. `unit` is that of `ours` and `baseline`.
 */
export const measurementSchema = z
  .object({ ours: z.number(), baseline: z.number(), ratio: z.number(), unit: z.string() })
  .catchall(z.union([z.number(), z.string()]))

export type Measurement = z.infer<typeof measurementSchema>

/** What a benchmark wants set up before it is measured. */
export const needSchema = z.array(z.enum(['python', 'model', 'build', 'browser']))
