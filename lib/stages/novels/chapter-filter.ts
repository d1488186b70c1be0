import { db } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { ChapterFilter } from '@/lib/settings/chapter-filter'
import type { NovelSettings } from '@/lib/settings/novels'
import { takesPart } from '@/lib/stages/novels/novels'

/** The active chapters that a filter names, as `FROM … WHERE …` with the chapter as c and its novel as n. */
export function chosenChapters(projectId: string, filter: ChapterFilter, settings: NovelSettings): Prisma.Sql {
  const conditions = [Prisma.sql`n.project_id = ${projectId}::uuid`, Prisma.sql`u.state = 'ready'`, Prisma.sql`c.active`]
  const { title, novelIds, register, part, role, clutter, minimum, maximum } = filter
  if (title !== undefined) conditions.push(Prisma.sql`strpos(lower(n.title), lower(${title})) > 0`)
  if (novelIds !== undefined) conditions.push(Prisma.sql`n.id = ANY(${novelIds}::int[])`)
  if (register !== undefined) conditions.push(Prisma.sql`coalesce(c.register_by_person, c.measured_register)::text = ${register}`)
  if (part !== undefined) conditions.push(part === 'in' ? takesPart(settings) : Prisma.sql`NOT ${takesPart(settings)}`)
  if (role !== undefined) conditions.push(Prisma.sql`(CASE WHEN c.role <> 'drawn' THEN c.role ELSE n.role END)::text = ${role}`)
  if (clutter !== undefined) conditions.push(clutter === 'any' ? Prisma.sql`coalesce(c.clutter, '{}') <> '{}'` : Prisma.sql`c.clutter ? ${clutter}`)
  if (minimum !== undefined) conditions.push(Prisma.sql`c.characters >= ${minimum}`)
  if (maximum !== undefined) conditions.push(Prisma.sql`c.characters <= ${maximum}`)
  return Prisma.sql`FROM chapter c JOIN novel n ON n.id = c.novel_id JOIN upload u ON u.id = n.upload_id WHERE ${Prisma.join(conditions, ' AND ')}`
}

export type Chosen = { chapters: number; characters: number }

/** How many chapters of which novels a filter names. */
export async function countChosen(projectId: string, filter: ChapterFilter, settings: NovelSettings): Promise<Map<number, Chosen>> {
  const rows = await db().$queryRaw<(Chosen & { id: number })[]>`
    SELECT n.id, count(*)::int AS chapters, sum(c.characters)::int AS characters ${chosenChapters(projectId, filter, settings)} GROUP BY n.id`
  return new Map(rows.map(({ id, ...chosen }) => [id, chosen]))
}
