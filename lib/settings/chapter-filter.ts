import { z } from 'zod'
import { registers } from '@/lib/settings/novels'
import { clutterKinds } from '@/lib/text/clutter'

const length = z.coerce.number().int().nonnegative().max(100_000_000)

/** Which chapters of a library are meant; without a condition, all of them. A form's empty field is no condition. */
export const chapterFilter = z.object({
  /** Words of the novel's title. */
  title: z.string().trim().min(1).max(200).optional(),
  novelIds: z.array(z.number().int().positive()).optional(),
  register: z.enum(registers).optional(),
  /** Whether the chapter takes part as things stand. */
  part: z.enum(['in', 'out']).optional(),
  role: z.enum(['drawn', 'training', 'validation']).optional(),
  clutter: z.enum(['any', ...clutterKinds]).optional(),
  minimum: length.optional(),
  maximum: length.optional(),
})

export type ChapterFilter = z.infer<typeof chapterFilter>

/** What a person says of the chapters that a filter names. */
export const chapterWord = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('taking'), taking: z.enum(['by_register', 'taken', 'left_out']) }),
  z.strictObject({ kind: z.literal('role'), role: z.enum(['drawn', 'training', 'validation']) }),
  z.strictObject({ kind: z.literal('register'), register: z.enum(registers).nullable() }),
])

export type ChapterWord = z.infer<typeof chapterWord>

/** Whether the word is about whole novels: nothing in the filter tells chapters of one novel apart. */
export function isAboutNovels({ register, part, role, clutter, minimum, maximum }: ChapterFilter, word: ChapterWord): boolean {
  return word.kind !== 'register' && [register, part, role, clutter, minimum, maximum].every((condition) => condition === undefined)
}
