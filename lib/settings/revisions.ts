import { z } from 'zod'
import { clutterKinds } from '@/lib/text/clutter'

const novelIds = z.array(z.number().int().positive()).min(1).nullable()

/** What is done to many novels at once; `novelIds: null` is the whole library. */
export const revisionSettings = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('clean'), kinds: z.array(z.enum(clutterKinds)).min(1), novelIds }),
  z.strictObject({ kind: z.literal('simplify'), novelIds }),
  z.strictObject({ kind: z.literal('measure'), novelIds }),
])

export type RevisionSettings = z.infer<typeof revisionSettings>
