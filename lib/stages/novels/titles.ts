import { db } from '@/lib/db'

/** The novels of a project's ready uploads by name, in the order in which they were read. */
export async function novelTitles(projectId: string): Promise<{ id: number; title: string }[]> {
  return db().novel.findMany({ where: { projectId, upload: { state: 'ready' } }, select: { id: true, title: true }, orderBy: { id: 'asc' } })
}
