import * as z from 'zod/mini'
import type { Preview } from '@/app/projects/[projectId]/pairs/versions/_components/composition'

const count = z.number()
const composition = z.object({
  pairs: count,
  characters: count,
  endings: count,
  registers: z.object({ modern: count, early_vernacular: count, classical: count }),
  novels: z.array(z.object({ novel: z.string(), pairs: count })),
})

/** What /api/datasets/preview answers; null while the form does not hold what can be frozen. */
export const previewAnswer: z.ZodMiniType<{ preview: Preview | null }> = z.object({
  preview: z.nullable(
    z.object({
      training: count,
      validation: count,
      leftOut: z.object({ refused: count, rejected: count, undecided: count, leak: count, duplicate: count, register: count, novel: count }),
      before: composition,
      after: composition,
    }),
  ),
})
