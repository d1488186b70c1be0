import { db } from '@/lib/db'
import type { Register } from '@/lib/generated/prisma/client'
import type { NovelSettings } from '@/lib/settings/novels'
import { shortFrontSql } from '@/lib/stages/novels/short-front'

export type LeftOutRegister = { register: Register; novels: number; chapters: number; characters: number }

/** What does not take part because of its register alone: chapters on which, and on whose novel, no person has said a word. */
export async function leftOutByRegister(projectId: string, settings: NovelSettings): Promise<LeftOutRegister[]> {
  return db().$queryRaw<LeftOutRegister[]>`
    SELECT coalesce(c.register_by_person, c.measured_register) AS register, count(DISTINCT n.id)::int AS novels, count(*)::int AS chapters, sum(c.characters)::int AS characters
    FROM chapter c JOIN novel n ON n.id = c.novel_id JOIN upload u ON u.id = n.upload_id AND u.state = 'ready'
    WHERE n.project_id = ${projectId}::uuid AND c.active AND c.taking = 'by_register' AND n.taking = 'by_register' AND NOT ${shortFrontSql}
      AND coalesce(c.register_by_person, c.measured_register)::text <> ALL(${settings.registers})
    GROUP BY 1 ORDER BY 1`
}
