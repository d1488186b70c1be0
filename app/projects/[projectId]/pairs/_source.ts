import { listPairImports } from '@/lib/stages/pairs/imports'
import type { PairSource } from '@/lib/stages/pairs/source'
import { listPremiseRuns } from '@/lib/stages/premises/premises'

/** A source of pairs as the tabs show it; `query` is how an address names it. */
export type SourceEntry = { source: PairSource; ordinal: number; query: string; fileName: string | null; isReading: boolean }

export type PageQuery = Record<string, string | string[] | undefined>

/** A page's search parameters as the browser wrote them. */
export function queryOf(given: PageQuery): URLSearchParams {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(given)) for (const each of [value ?? []].flat()) query.append(name, each)
  return query
}

/** Every premise run and every file of pairs of the project, the newest of each first. */
export async function sourcesOf(projectId: string): Promise<SourceEntry[]> {
  const [runs, imports] = await Promise.all([
    listPremiseRuns(projectId),
    listPairImports(projectId),
  ])
  const live = (state: string) => state === 'running' || state === 'queued'
  return [
    ...runs.map(({ id, ordinal, job }): SourceEntry => ({ source: { kind: 'run', id }, ordinal, query: `run=${ordinal}`, fileName: null, isReading: live(job.state) })),
    ...imports.map(({ id, ordinal, fileName, job }): SourceEntry => ({ source: { kind: 'import', id }, ordinal, query: `import=${ordinal}`, fileName, isReading: live(job.state) })),
  ]
}

/** The source that an address asks for, else the newest run, else the newest file. */
export function chosenSource(sources: readonly SourceEntry[], query: URLSearchParams): SourceEntry | undefined {
  return sources.find(({ query: own }) => query.get('run') !== null ? own === `run=${query.get('run')}` : own === `import=${query.get('import')}`) ?? sources[0]
}
