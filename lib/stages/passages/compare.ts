import { db } from '@/lib/db'
import { passageSetSettings, type PassageSetWithJob } from '@/lib/stages/passages/passages'

export type SettingChange = { setting: string; before: string; after: string }

/** The settings in which two sets differ, as text; a set of unknown shape has none. */
export function settingChanges(a: Pick<PassageSetWithJob, 'settings'>, b: Pick<PassageSetWithJob, 'settings'>): SettingChange[] {
  const [before, after] = [flat(a.settings), flat(b.settings)]
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((setting) => {
    const change = { setting, before: before[setting] ?? '', after: after[setting] ?? '' }
    return change.before === change.after ? [] : [change]
  })
}

function flat(settings: unknown): Record<string, string> {
  const known = passageSetSettings.safeParse(settings)
  if (!known.success) return {}
  const { novels, passages } = known.data
  const entries = Object.entries({ registers: novels.registers.join(' '), ...passages })
  return Object.fromEntries(entries.map(([name, value]) => [name, value === null ? '' : String(value)]))
}

/** How many passages of two sets begin and end at the same places of the same chapter. */
export async function identicalPassages(a: string, b: string): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM passage x JOIN passage y
      ON y.passage_set_id = ${b}::uuid AND y.chapter_id = x.chapter_id AND y.start_at = x.start_at AND y.end_at = x.end_at
    WHERE x.passage_set_id = ${a}::uuid`
  return row?.count ?? 0
}

export type ComparedChapter = { id: number; novelId: number; novel: string; ordinal: number; heading: string; differs: boolean }

/** The chapters that either set has passages of, and whether it cuts them otherwise than the other. */
export async function comparedChapters(a: string, b: string): Promise<ComparedChapter[]> {
  return db().$queryRaw<ComparedChapter[]>`
    WITH cuts AS (SELECT passage_set_id, chapter_id, md5(string_agg(start_at || '-' || end_at, ',' ORDER BY start_at)) AS print
      FROM passage WHERE passage_set_id IN (${a}::uuid, ${b}::uuid) GROUP BY 1, 2)
    SELECT c.id, n.id AS "novelId", n.title AS novel, c.ordinal, c.heading, count(*) < 2 OR count(DISTINCT print) > 1 AS differs
    FROM cuts JOIN chapter c ON c.id = cuts.chapter_id JOIN novel n ON n.id = c.novel_id GROUP BY c.id, n.id ORDER BY n.id, c.ordinal`
}

/** Where a set cuts a chapter. */
export async function cutsOfSet(passageSetId: string, chapterId: number): Promise<{ ordinal: number; start: number; end: number; midParagraph: boolean }[]> {
  return db().passage.findMany({ where: { passageSetId, chapterId }, orderBy: { start: 'asc' }, select: { ordinal: true, start: true, end: true, midParagraph: true } })
}
