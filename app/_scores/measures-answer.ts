import * as z from 'zod/mini'
import { measureNames } from '@/lib/scoring/measure-kinds'

/** A story's measures as a route sends them. */
export const measuresAnswer = z.object({
  figures: z.record(z.enum(measureNames), z.nullable(z.number())),
  repeatedClause: z.nullable(z.string()),
  missingWords: z.array(z.string()),
  copiedFrom: z.nullable(z.object({ text: z.string(), passage: z.number() })),
})
