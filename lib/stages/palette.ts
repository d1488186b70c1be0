import { db } from '@/lib/db'
import { foldText } from '@/lib/text/fold'

/** Kinds of runs that are opened by name, in the order of the stages. */
export const runKinds = ['passageSet', 'premiseRun', 'datasetVersion', 'trainingRun', 'storyRun', 'submission'] as const
export type RunKind = (typeof runKinds)[number]

export type PaletteRun = { kind: RunKind; id: string; ordinal: number; name: string | null }
export type PalettePlaces = {
  projects: { id: string; name: string }[]
  novels: { id: number; title: string }[]
  runs: PaletteRun[]
}

/** Novels, and runs of each kind, that are offered at once; a novel further down is found by its name. */
const most = 12

/**
 * What can be opened by name: every project, and of the given one the novels whose titles have all of the words (without
 * words the newest) and the newest runs of each kind. Width, case and traditional or simplified writing make no difference.
 */
export async function palettePlaces(projectId: string | null, words: string): Promise<PalettePlaces> {
  const projects = await db().project.findMany({ orderBy: { createdAt: 'desc' }, select: { id: true, name: true } })
  if (projectId === null) return { projects, novels: [], runs: [] }
  const newest = { where: { projectId }, orderBy: { ordinal: 'desc' }, take: most, select: { id: true, ordinal: true } } as const
  const [novels, passageSets, premiseRuns, datasetVersions, trainingRuns, storyRuns, submissions] = await Promise.all([
    novelsTitled(projectId, foldText(words).split(/\s+/).filter((word) => word !== '')),
    db().passageSet.findMany({ ...newest, select: { id: true, ordinal: true, name: true } }),
    db().premiseRun.findMany(newest),
    db().datasetVersion.findMany({ ...newest, select: { id: true, ordinal: true, name: true } }),
    db().trainingRun.findMany({ ...newest, select: { id: true, ordinal: true, name: true } }),
    db().storyRun.findMany(newest),
    db().submission.findMany(newest),
  ])
  const runs = (kind: RunKind, rows: { id: string; ordinal: number; name?: string | null }[]) => rows.map(({ id, ordinal, name }) => ({ kind, id, ordinal, name: name || null }))
  return {
    projects,
    novels,
    runs: [
      ...runs('passageSet', passageSets),
      ...runs('premiseRun', premiseRuns),
      ...runs('datasetVersion', datasetVersions),
      ...runs('trainingRun', trainingRuns),
      ...runs('storyRun', storyRuns),
      ...runs('submission', submissions),
    ],
  }
}

/** The newest novels whose folded titles have all of the folded words. */
async function novelsTitled(projectId: string, words: readonly string[]): Promise<PalettePlaces['novels']> {
  const query = { where: { projectId, upload: { state: 'ready' as const } }, orderBy: { id: 'desc' as const }, select: { id: true, title: true } }
  if (words.length === 0) return db().novel.findMany({ ...query, take: most })
  const novels = await db().novel.findMany(query)
  return novels
    .filter(({ title }) => {
      const folded = foldText(title)
      return words.every((word) => folded.includes(word))
    })
    .slice(0, most)
}
