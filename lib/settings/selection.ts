import { z } from 'zod'

const ids = z.array(z.number().int().min(0)).max(100_000)

/**
 * Which passages of a set a run takes: all but those left out (novels and chapters by their ids, passages by their
 * numbers in the set), and of these a sample of so many, drawn by its seed; null takes them all.
 */
export const passageSelection = z.strictObject({
  leaveOut: z.strictObject({ novels: ids, chapters: ids, passages: ids }),
  sample: z.strictObject({ size: z.number().int().min(1).max(10_000_000), seed: z.number().int().min(0).max(2 ** 31 - 1) }).nullable(),
})

export type PassageSelection = z.infer<typeof passageSelection>

export const everyPassage: PassageSelection = { leaveOut: { novels: [], chapters: [], passages: [] }, sample: null }
