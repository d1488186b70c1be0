import { z } from 'zod'
import { clutterKinds } from '@/lib/text/clutter'
import { registerSchema, roleSchema, takingSchema } from '@/lib/stages/novels/novels'

const onChapter = z.object({
  id: z.number(),
  place: z.number(),
  heading: z.string(),
  taking: takingSchema,
  role: roleSchema,
  register: registerSchema.nullable(),
})

const change = z.object({
  kind: z.enum(['merged', 'split', 'joined', 'renamed', 'cleaned', 'simplified']),
  /** What the revision says of itself to a person. */
  what: z.record(z.string(), z.json()),
  runId: z.string().nullable(),
  replaces: z.array(z.number()),
  makes: z.array(z.number()),
  /** Of a split: the lines before it, of how many, and the words that a person gave as a heading; null where the line was one. */
  split: z.object({ before: z.number(), lines: z.number(), heading: z.string().nullable() }).optional(),
  /** Of one place that was cleaned: its words, as wordsOf tells them. */
  words: z.string().optional(),
})

/**
 * What a person has said of one novel of an upload. Chapters are told by their place: the ordinal as it was read, with
 * fractions for what was split off. `headings` are those of the chapters as they were read.
 */
export const rememberedNovel = z.object({
  novelId: z.number(),
  file: z.number(),
  /** Which of the file's novels it is, of how many. */
  at: z.number(),
  of: z.number(),
  title: z.string(),
  word: z.object({ taking: takingSchema, role: roleSchema }).nullable(),
  headings: z.array(z.string()),
  chapters: z.array(onChapter),
  changes: z.array(change),
  keptClutter: z.array(z.object({ kind: z.enum(clutterKinds), words: z.string() })),
})

export type RememberedNovel = z.output<typeof rememberedNovel>
export type RememberedChange = z.output<typeof change>
export type RememberedChapter = z.output<typeof onChapter>

/** What is kept of an upload's earlier readings; null in the table is nothing. */
export const waitingWords = z.array(rememberedNovel).nullable().transform((words) => words ?? [])

/** Whether nothing is left to be said. */
export function isEmpty({ word, chapters, changes, keptClutter }: RememberedNovel): boolean {
  return word === null && chapters.length === 0 && changes.length === 0 && keptClutter.length === 0
}
