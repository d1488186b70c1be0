import { z } from 'zod'
import { Prisma } from '@/lib/generated/prisma/client'
import { registerSchema } from '@/lib/stages/novels/novels'
import { cutEnds } from '@/lib/text/cut-chapter'

const id = z.coerce.number().int().min(1).max(2 ** 31 - 1)
const characters = z.coerce.number().int().min(0).max(10_000_000)

export const passageOrders = ['novel', 'shortest', 'longest'] as const
export const passagePlaces = ['opening', 'ending', 'whole', 'middle'] as const
export const passageEnds = ['midScene', ...cutEnds] as const

/** Which passages of a set are wanted; what the URL has that means nothing is left aside. */
export const passageFilter = z.object({
  novel: id.optional().catch(undefined),
  chapter: id.optional().catch(undefined),
  register: registerSchema.optional().catch(undefined),
  from: characters.optional().catch(undefined),
  to: characters.optional().catch(undefined),
  place: z.enum(passagePlaces).optional().catch(undefined),
  ends: z.enum(passageEnds).optional().catch(undefined),
  order: z.enum(passageOrders).catch('novel'),
})
export type PassageFilter = z.infer<typeof passageFilter>

/** The filter of a URL's query, where an empty value is none. */
export function readFilter(query: Record<string, unknown>): PassageFilter {
  return passageFilter.parse(Object.fromEntries(Object.entries(query).filter(([, value]) => value !== '')))
}

/** The SQL of the filter over passage `p` alone: chapters are looked at once each, not once for every passage of theirs. */
export function filterSql(passageSetId: string, { novel, chapter, register, from, to, place, ends }: PassageFilter): Prisma.Sql {
  const parts = [Prisma.sql`p.passage_set_id = ${passageSetId}::uuid`]
  if (chapter !== undefined) parts.push(Prisma.sql`p.chapter_id = ${chapter}`)
  const ofChapter = [
    ...(novel === undefined ? [] : [Prisma.sql`c.novel_id = ${novel}`]),
    ...(register === undefined ? [] : [Prisma.sql`coalesce(c.register_by_person, c.measured_register)::text = ${register}`]),
  ]
  if (ofChapter.length > 0) parts.push(Prisma.sql`p.chapter_id IN (SELECT c.id FROM chapter c WHERE ${Prisma.join(ofChapter, ' AND ')})`)
  if (from !== undefined) parts.push(Prisma.sql`p.end_at - p.start_at >= ${from}`)
  if (to !== undefined) parts.push(Prisma.sql`p.end_at - p.start_at <= ${to}`)
  if (place !== undefined) parts.push(placeSql[place])
  if (ends === 'midScene') parts.push(Prisma.sql`p.ends_at NOT IN ('chapter', 'scene')`)
  else if (ends !== undefined) parts.push(Prisma.sql`p.ends_at::text = ${ends}`)
  return Prisma.join(parts, ' AND ')
}

// An opening that is the whole chapter is an opening and an ending too.
const placeSql: Record<(typeof passagePlaces)[number], Prisma.Sql> = {
  opening: Prisma.sql`p.opening`,
  ending: Prisma.sql`p.ending`,
  whole: Prisma.sql`p.opening AND p.ending`,
  middle: Prisma.sql`NOT p.opening AND NOT p.ending`,
}

export const orderSql: Record<PassageFilter['order'], Prisma.Sql> = {
  novel: Prisma.sql`p.ordinal`,
  shortest: Prisma.sql`p.end_at - p.start_at, p.ordinal`,
  longest: Prisma.sql`p.end_at - p.start_at DESC, p.ordinal`,
}
