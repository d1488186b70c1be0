import * as z from 'zod/mini'
import type { PairRow } from '@/lib/stages/pairs/table'

const row: z.ZodMiniType<PairRow> = z.object({
  name: z.string(),
  key: z.string(),
  ordinal: z.number(),
  premise: z.string(),
  isEdited: z.boolean(),
  outcome: z.string(),
  flaws: z.array(z.string()),
  verdict: z.enum(['undecided', 'kept', 'rejected']),
  style: z.nullable(z.string()),
  score: z.nullable(z.number()),
  characters: z.number(),
  novel: z.string(),
  chapter: z.string(),
  register: z.string(),
  isDuplicate: z.boolean(),
  isLeftOut: z.boolean(),
  leakOf: z.nullable(z.string()),
  beginning: z.string(),
})

/** What /api/pairs/[kind]/[sourceId]/rows answers. */
export const rowsAnswer = z.object({ rows: z.array(row) })
