import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'

export const runName = z.string().trim().max(80)
export const runNote = z.string().trim().max(2000)

/** As it stands in a list of tags that commas separate. */
export const runTag = z.string().trim().min(1).max(40).regex(/^[^,，\n]+$/)

export const mostTags = 20

/** What a person calls a run and wants remembered of it; the run itself stays as it is. Throws run.missing. */
export async function describeTraining(projectId: string, id: string, words: { name: string; note: string }): Promise<void> {
  const { count } = await db().trainingRun.updateMany({ where: { id, projectId }, data: { name: runName.parse(words.name), note: runNote.parse(words.note) } })
  if (count === 0) throw new MolianError('run.missing', { what: 'training run' })
}

/** Adds a tag at the end of a run's, once. Throws run.missing, and training.too-many-tags beyond `mostTags`. */
export async function tagTraining(projectId: string, id: string, tag: string): Promise<void> {
  const one = runTag.parse(tag)
  const tags = await tagsOf(projectId, id)
  if (tags.includes(one)) return
  const count = await db().$executeRaw`
    UPDATE training_run SET tags = array_append(tags, ${one}) WHERE id = ${id}::uuid AND cardinality(tags) < ${mostTags} AND ${one} <> ALL(tags)`
  if (count === 0 && !(await tagsOf(projectId, id)).includes(one)) throw new MolianError('training.too-many-tags', { most: mostTags })
}

/** Takes a tag off a run; one that it does not have is none. Throws run.missing. */
export async function untagTraining(projectId: string, id: string, tag: string): Promise<void> {
  await tagsOf(projectId, id)
  await db().$executeRaw`UPDATE training_run SET tags = array_remove(tags, ${tag}) WHERE id = ${id}::uuid`
}

/** Every tag that a project's runs have, in the order of their letters. */
export async function knownTags(projectId: string): Promise<string[]> {
  const rows = await db().$queryRaw<{ tag: string }[]>`SELECT DISTINCT unnest(tags) AS tag FROM training_run WHERE project_id = ${projectId}::uuid ORDER BY 1`
  return rows.map(({ tag }) => tag)
}

async function tagsOf(projectId: string, id: string): Promise<string[]> {
  const run = await db().trainingRun.findFirst({ where: { id, projectId }, select: { tags: true } })
  if (!run) throw new MolianError('run.missing', { what: 'training run' })
  return run.tags
}
