import { db, type Db, type Tx } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { Prisma, Upload } from '@/lib/generated/prisma/client'

/** Numbers of the passage sets and story runs that name an upload's novels or rows as where they come from. */
export type UploadUses = { passageSets: number[]; storyRuns: number[] }

/** What was made of each of these uploads; one without any is not in the map. */
export async function usesOfUploads(projectId: string, on: Db | Tx = db(), uploadId?: string): Promise<ReadonlyMap<string, UploadUses>> {
  const one = uploadId ?? null
  const rows = await on.$queryRaw<{ upload_id: string; kind: 'passages' | 'stories'; ordinal: number }[]>`
    SELECT u.id AS upload_id, 'passages' AS kind, s.ordinal FROM upload u JOIN passage_set s ON s.project_id = u.project_id
    WHERE u.project_id = ${projectId}::uuid AND u.kind = 'novels' AND (${one}::uuid IS NULL OR u.id = ${one}::uuid)
      AND EXISTS (SELECT 1 FROM novel n JOIN chapter c ON c.novel_id = n.id JOIN passage p ON p.chapter_id = c.id
        WHERE n.upload_id = u.id AND p.passage_set_id = s.id)
    UNION ALL
    SELECT f.upload_id, 'stories', r.ordinal FROM test_file f JOIN story_run r ON r.test_file_id = f.id
    WHERE f.project_id = ${projectId}::uuid AND (${one}::uuid IS NULL OR f.upload_id = ${one}::uuid)
    ORDER BY 3`
  const uses = new Map<string, UploadUses>()
  for (const { upload_id: id, kind, ordinal } of rows) {
    const found = uses.get(id) ?? { passageSets: [], storyRuns: [] }
    uses.set(id, found)
    if (kind === 'passages') found.passageSets.push(ordinal)
    else found.storyRuns.push(ordinal)
  }
  return uses
}

/** Why an upload must stay as it is, by what was made of it; undefined when nothing was. */
export function inUse(fileName: string, uses: UploadUses | undefined): MolianError | undefined {
  if (!uses) return undefined
  if (uses.passageSets.length > 0) return new MolianError('upload.used-by-passages', { file: fileName, sets: uses.passageSets.join(', ') })
  return uses.storyRuns.length > 0 ? new MolianError('upload.used-by-stories', { file: fileName, runs: uses.storyRuns.join(', ') }) : undefined
}

/** Throws upload.used-by-passages or upload.used-by-stories when something was made of an upload. */
export async function refuseIfUsed(tx: Tx, upload: Pick<Upload, 'id' | 'projectId' | 'fileName'>): Promise<void> {
  const refusal = inUse(upload.fileName, (await usesOfUploads(upload.projectId, tx, upload.id)).get(upload.id))
  if (refusal) throw refusal
}

/** The novels of an upload that a person has decided on or changed: what must be carried over when it is read again. */
export function decidedOn(uploadId: string): Prisma.NovelWhereInput {
  return {
    uploadId,
    OR: [
      { taking: { not: 'by_register' } },
      { role: { not: 'drawn' } },
      { revisions: { some: { undoneAt: null } } },
      { keptClutter: { some: {} } },
      { chapters: { some: { active: true, OR: [{ taking: { not: 'by_register' } }, { role: { not: 'drawn' } }, { registerByPerson: { not: null } }] } } },
    ],
  }
}

/** How many those are. */
export async function novelsDecidedOn(uploadId: string): Promise<number> {
  return db().novel.count({ where: decidedOn(uploadId) })
}
