import { db, type Tx } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { Handler } from '@/lib/queue/attempt'
import { revisionSettings, type RevisionSettings } from '@/lib/settings/revisions'
import { cleanNovel } from '@/lib/stages/novels/clutter'
import { measureNovel, novelsToMeasure } from '@/lib/stages/novels/measure-chapters'
import { simplifyNovel } from '@/lib/stages/novels/simplify'

/** Cleans, simplifies or measures novels, each in a transaction of its own: what is done stays when the rest is cut short. */
export const reviseNovels: Handler = async (attempt) => {
  const run = await db().revisionRun.findUniqueOrThrow({ where: { id: attempt.subjectId } })
  const settings = revisionSettings.parse(run.settings)
  const novels = await chosenNovels(run.projectId, settings)
  let changed = await db().revision.count({ where: { runId: run.id } })
  for (const [index, novelId] of novels.entries()) {
    attempt.signal.throwIfAborted()
    changed += await attempt.write((tx) => revised(tx, novelId, settings, run.id))
    attempt.progress({ done: index + 1, total: novels.length, phase: 'revising' })
  }
  if (changed === 0 && settings.kind !== 'measure') throw new MolianError(settings.kind === 'clean' ? 'clutter.none' : 'simplify.none')
  return { novels: changed }
}

async function chosenNovels(projectId: string, { kind, novelIds }: RevisionSettings): Promise<number[]> {
  if (kind === 'measure') return novelsToMeasure(projectId)
  const where = { projectId, upload: { state: 'ready' as const }, ...(novelIds === null ? {} : { id: { in: novelIds } }) }
  return (await db().novel.findMany({ where, select: { id: true }, orderBy: { id: 'asc' } })).map(({ id }) => id)
}

/** 1 when this changed the novel, 0 when there was nothing to change or an earlier attempt did it. */
async function revised(tx: Tx, novelId: number, settings: RevisionSettings, runId: string): Promise<number> {
  if ((await tx.revision.count({ where: { runId, novelId } })) > 0) return 0
  switch (settings.kind) {
    case 'clean':
      return (await cleanNovel(tx, novelId, settings.kinds, runId)) ? 1 : 0
    case 'simplify':
      return (await simplifyNovel(tx, novelId, runId)) ? 1 : 0
    case 'measure':
      await measureNovel(tx, novelId)
      return 0
  }
}
