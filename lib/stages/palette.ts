import { db } from '@/lib/db'

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
 * words the newest) and the newest runs of each kind.
 */
export async function palettePlaces(projectId: string | null, words: string): Promise<PalettePlaces> {
  const projects = await db().project.findMany({ orderBy: { createdAt: 'desc' }, select: { id: true, name: true } })
  if (projectId === null) return { projects, novels: [], runs: [] }
  const titled = words.split(/\s+/).filter((word) => word !== '')
  const newest = { where: { projectId }, orderBy: { ordinal: 'desc' }, take: most, select: { id: true, ordinal: true } } as const
  const [novels, passageSets, premiseRuns, datasetVersions, trainingRuns, storyRuns, submissions] = await Promise.all([
    db().novel.findMany({
      where: { projectId, upload: { state: 'ready' }, AND: titled.map((word) => ({ title: { contains: literal(word), mode: 'insensitive' as const } })) },
      orderBy: { id: 'desc' },
      take: most,
      select: { id: true, title: true },
    }),
    db().passageSet.findMany({ ...newest, select: { id: true, ordinal: true, name: true } }),
    db().premiseRun.findMany(newest),
    db().datasetVersion.findMany({ ...newest, select: { id: true, ordinal: true, name: true } }),
    db().trainingRun.findMany(newest),
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

/** `contains` becomes LIKE as it is: what is a sign there is to be the character. */
function literal(word: string): string {
  return word.replace(/[\\%_]/g, '\\$&')
}
