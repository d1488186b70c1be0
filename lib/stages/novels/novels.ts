import { z } from 'zod'
import { db } from '@/lib/db'
import { Prisma, type Chapter, type Novel, type Register, type Role, type Taking } from '@/lib/generated/prisma/client'
import type { NovelSettings } from '@/lib/settings/novels'
import { shortFrontSql } from '@/lib/stages/novels/short-front'

export const takingSchema = z.enum(['by_register', 'taken', 'left_out'])
export const roleSchema = z.enum(['drawn', 'training', 'validation'])
export const registerSchema = z.enum(['modern', 'early_vernacular', 'classical'])

export type NovelEntry = Novel & {
  fileName: string
  chapters: number
  /** Characters of its chapters by the register that counts. */
  registers: Record<Register, number>
  /** Characters that take part under the given settings. */
  taken: number
  /** Characters that simplification would change. */
  traditional: number
}

/** The SQL condition "this chapter takes part": a person's word on the chapter, then on the novel, then its register, without a short front. */
export function takesPart(settings: NovelSettings): Prisma.Sql {
  return Prisma.sql`(CASE WHEN c.taking <> 'by_register' THEN c.taking = 'taken'
    WHEN n.taking <> 'by_register' THEN n.taking = 'taken'
    WHEN ${shortFrontSql} THEN false
    ELSE coalesce(c.register_by_person, c.measured_register)::text = ANY(${settings.registers}) END)`
}

/** Novels of the ready uploads, newest file first, with what takes part under `settings`. */
export async function listNovels(projectId: string, settings: NovelSettings): Promise<NovelEntry[]> {
  type Row = { id: number; chapters: number; modern: number; early_vernacular: number; classical: number; taken: number; traditional: number }
  const [novels, sums] = await Promise.all([
    db().novel.findMany({
      where: { projectId, upload: { state: 'ready' } },
      include: { upload: { select: { fileName: true } } },
      orderBy: [{ uploadId: 'desc' }, { ordinal: 'asc' }],
    }),
    db().$queryRaw<Row[]>`
      SELECT n.id, count(*)::int AS chapters,
        coalesce(sum(c.characters) FILTER (WHERE coalesce(c.register_by_person, c.measured_register) = 'modern'), 0)::int AS modern,
        coalesce(sum(c.characters) FILTER (WHERE coalesce(c.register_by_person, c.measured_register) = 'early_vernacular'), 0)::int AS early_vernacular,
        coalesce(sum(c.characters) FILTER (WHERE coalesce(c.register_by_person, c.measured_register) = 'classical'), 0)::int AS classical,
        coalesce(sum(c.characters) FILTER (WHERE ${takesPart(settings)}), 0)::int AS taken,
        coalesce(sum(c.traditional), 0)::int AS traditional
      FROM novel n JOIN chapter c ON c.novel_id = n.id AND c.active WHERE n.project_id = ${projectId}::uuid GROUP BY n.id`,
  ])
  const byId = new Map(sums.map((row) => [row.id, row]))
  return novels.map(({ upload, ...novel }) => {
    const sum = byId.get(novel.id)
    return {
      ...novel,
      fileName: upload.fileName,
      chapters: sum?.chapters ?? 0,
      registers: { modern: sum?.modern ?? 0, early_vernacular: sum?.early_vernacular ?? 0, classical: sum?.classical ?? 0 },
      taken: sum?.taken ?? 0,
      traditional: sum?.traditional ?? 0,
    }
  })
}

/** One chapter with its whole text; null when there is none. */
export async function readChapter(chapterId: number): Promise<Chapter | null> {
  return db().chapter.findUnique({ where: { id: chapterId } })
}

/** A person's word on a novel: in or out, training or validation. Returns what it was before; null where there is none. */
export async function decideNovel(projectId: string, novelId: number, word: { taking?: Taking; role?: Role }): Promise<Pick<Novel, 'taking' | 'role'> | null> {
  const where = { id: novelId, projectId }
  const before = await db().novel.findFirst({ where, select: { taking: true, role: true } })
  await db().novel.updateMany({ where, data: word })
  return before
}

/** A person's word on a chapter; `register: null` goes back to the measured one. Returns what it was before; null where there is none. */
export async function decideChapter(
  projectId: string,
  chapterId: number,
  word: { taking?: Taking; role?: Role; register?: Register | null },
): Promise<Pick<Chapter, 'taking' | 'role' | 'registerByPerson'> | null> {
  const { register, ...rest } = word
  const where = { id: chapterId, novel: { projectId } }
  const before = await db().chapter.findFirst({ where, select: { taking: true, role: true, registerByPerson: true } })
  await db().chapter.updateMany({ where, data: { ...rest, ...(register === undefined ? {} : { registerByPerson: register }) } })
  return before
}

/** Chapters that take part, in order: what the passages are cut from. Their texts are read one by one. */
export async function chaptersTaking(projectId: string, settings: NovelSettings): Promise<{ id: number; characters: number }[]> {
  return db().$queryRaw<{ id: number; characters: number }[]>`
    SELECT c.id, c.characters FROM chapter c JOIN novel n ON n.id = c.novel_id JOIN upload u ON u.id = n.upload_id AND u.state = 'ready'
    WHERE n.project_id = ${projectId}::uuid AND c.active AND ${takesPart(settings)} ORDER BY n.id, c.ordinal`
}
