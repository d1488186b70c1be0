import { db } from '@/lib/db'
import { type PassageSet, Prisma } from '@/lib/generated/prisma/client'
import { insertJob, startOnce, workKey } from '@/lib/queue/enqueue'
import { novelSettings } from '@/lib/settings/novels'
import { passageSettings } from '@/lib/settings/passages'
import { chaptersTaking } from '@/lib/stages/novels/novels'
import { nextOrdinal } from '@/lib/stages/ordinal'
import { refuseTakenName } from '@/lib/stages/passages/set-name'
import type { CutEnd } from '@/lib/text/cut-chapter'
import { z } from 'zod'

/** What a passage set was cut by: which chapters, and how. Frozen in its row. */
export const passageSetSettings = z.strictObject({ novels: novelSettings, passages: passageSettings })
export type PassageSetSettings = z.infer<typeof passageSetSettings>

export type PassageSetWithJob = Prisma.PassageSetGetPayload<{ include: { job: true } }>

/** Queues the cutting of every chapter that takes part; the same chapters and settings give the same set, under the name it has. */
export async function startPassages(projectId: string, settings: PassageSetSettings, name: string | null = null): Promise<PassageSet> {
  const frozen = passageSetSettings.parse(settings)
  const chapters = await chaptersTaking(projectId, frozen.novels)
  const key = workKey('cut-passages', projectId, frozen, chapters.map((chapter) => chapter.id))
  return startOnce(
    key,
    (id) => db().passageSet.findUniqueOrThrow({ where: { id } }),
    async (tx, id) => {
      if (name !== null) await refuseTakenName(tx, projectId, name)
      const job = await insertJob(tx, { name: 'cut-passages', projectId, subjectId: id, idempotencyKey: key })
      const ordinal = await nextOrdinal(tx, 'passage_set', projectId)
      const run = await tx.passageSet.create({ data: { id, projectId, ordinal, name, settings: frozen, jobId: job.id } })
      return { job, run }
    },
  )
}

export async function listPassageSets(projectId: string): Promise<PassageSetWithJob[]> {
  return db().passageSet.findMany({ where: { projectId }, include: { job: true }, orderBy: { ordinal: 'desc' } })
}

/** A project's set by its number. */
export async function findPassageSet(projectId: string, ordinal: number): Promise<PassageSetWithJob | null> {
  return db().passageSet.findUnique({ where: { projectId_ordinal: { projectId, ordinal } }, include: { job: true } })
}

/** Where in its chapter a passage lies; `whole` when it is all of it. */
export type PassagePlace = 'whole' | 'opening' | 'middle' | 'ending'

export type PassageEntry = {
  id: number
  ordinal: number
  characters: number
  midParagraph: boolean
  endsAt: CutEnd
  place: PassagePlace
  novelId: number
  novel: string
  chapterId: number
  chapter: string
  text: string
}

/** Passages with their texts, in the order of the ids. */
export async function passagesById(ids: readonly number[]): Promise<PassageEntry[]> {
  const rows = await db().$queryRaw<PassageEntry[]>`
    SELECT p.id, p.ordinal, p.end_at - p.start_at AS characters, p.mid_paragraph AS "midParagraph",
      p.ends_at::text AS "endsAt", ${placeOf} AS place, n.id AS "novelId", n.title AS novel,
      c.id AS "chapterId", c.heading AS chapter, substring(c.text FROM p.start_at + 1 FOR p.end_at - p.start_at) AS text
    FROM passage p JOIN chapter c ON c.id = p.chapter_id JOIN novel n ON n.id = c.novel_id WHERE p.id = ANY(${[...ids]})`
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** The SQL for a passage's place; the passage is `p`. */
export const placeOf = Prisma.sql`CASE WHEN p.opening AND p.ending THEN 'whole' WHEN p.opening THEN 'opening' WHEN p.ending THEN 'ending' ELSE 'middle' END`

/** How many passages of a set end where, most first. */
export async function endsTally(passageSetId: string): Promise<{ endsAt: CutEnd; count: number }[]> {
  return db().$queryRaw<{ endsAt: CutEnd; count: number }[]>`
    SELECT ends_at::text AS "endsAt", count(*)::int AS count FROM passage WHERE passage_set_id = ${passageSetId}::uuid GROUP BY 1 ORDER BY 2 DESC, 1`
}

/** How many passages of a set have which length in characters, ascending. */
export async function lengthTally(passageSetId: string): Promise<{ length: number; count: number }[]> {
  return db().$queryRaw<{ length: number; count: number }[]>`
    SELECT end_at - start_at AS length, count(*)::int AS count
    FROM passage WHERE passage_set_id = ${passageSetId}::uuid GROUP BY 1 ORDER BY 1`
}
