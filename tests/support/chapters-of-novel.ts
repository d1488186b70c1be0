import { db } from '@/lib/db'

/** The chapters that a novel has now, in order. */
export function chaptersOfNovel(novelId: number) {
  return db().chapter.findMany({ where: { novelId, active: true }, orderBy: { ordinal: 'asc' } })
}
