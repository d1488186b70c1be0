import * as z from 'zod/mini'
import type { ReadWindow } from '@/app/projects/[projectId]/novels/[novelId]/_window'
import type { FoundInNovel } from '@/lib/stages/novels/find-in-novel'
import { clutterKinds } from '@/lib/text/clutter'

const register = z.enum(['modern', 'early_vernacular', 'classical'])

const block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cut'), cut: z.object({ ordinal: z.number(), start: z.number(), end: z.number(), midParagraph: z.boolean() }), midParagraph: z.boolean() }),
  z.object({ kind: z.literal('end') }),
  z.object({
    kind: z.literal('paragraph'),
    text: z.string(),
    begins: z.boolean(),
    at: z.number(),
    marks: z.array(z.object({ kind: z.enum(clutterKinds), from: z.number(), to: z.number() })),
  }),
])

const chapter = z.object({
  id: z.number(),
  measuredRegister: register,
  registerByPerson: z.nullable(register),
  functionDensity: z.number(),
  deShare: z.number(),
  classicalShare: z.number(),
  clauseLength: z.number(),
  headingEvidence: z.string(),
  taking: z.enum(['by_register', 'taken', 'left_out']),
  role: z.enum(['drawn', 'training', 'validation']),
  active: z.boolean(),
  lengths: z.array(z.number()),
  alsoAt: z.array(z.object({ novelId: z.number(), novel: z.string(), chapterId: z.number(), heading: z.string(), likeness: z.number(), exact: z.boolean() })),
})

/** What /api/novels/[novelId]/text answers. */
export const windowAnswer: z.ZodMiniType<ReadWindow> = z.object({
  parts: z.array(z.object({ chapterId: z.number(), part: z.number(), blocks: z.array(block) })),
  chapters: z.array(chapter),
})

/** What /api/novels/[novelId]/find answers. */
export const foundAnswer: z.ZodMiniType<FoundInNovel> = z.object({ total: z.number(), places: z.array(z.tuple([z.number(), z.number()])) })
