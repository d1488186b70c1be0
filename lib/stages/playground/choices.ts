import { db } from '@/lib/db'
import { listModels } from '@/lib/stages/models'
import { adapterName, baseOf, withOrigin } from '@/lib/stages/models/merging'
import { foundModels } from '@/lib/stages/models/found'
import { writerValue } from '@/lib/stages/playground/writer-value'

/** What this machine can write a column with. `promptVersionId`: what it was trained with, where that was in this project. */
export type PlayModel = { value: string; kind: 'base' | 'merged' | 'adapter'; name: string; promptVersionId: string | null }

/** Models by name and adapters by id, as writerValue gives them: tuned ones first, of each kind those of this project first, then the newest. */
export async function playModels(projectId: string): Promise<PlayModel[]> {
  const [models, found, adapters] = await Promise.all([
    listModels(),
    foundModels(),
    db().adapter.findMany({ where: { deletedAt: null }, include: withOrigin, orderBy: { createdAt: 'desc' } }),
  ])
  const known = models.filter(({ kind, sha256 }) => kind === 'base' || sha256 !== null)
  const bases = [...new Set(['starter', ...known.filter(({ kind }) => kind === 'base').map(({ name }) => name), ...found.map(({ name }) => name)])]
  const trainedWith = (run: { projectId: string; promptVersionId: string } | null | undefined) => (run?.projectId === projectId ? run.promptVersionId : null)
  const offered = [
    ...adapters.filter((adapter) => !baseOf(adapter).deletedAt).map((adapter): PlayModel => ({ value: writerValue('adapter', adapter.id), kind: 'adapter', name: `${baseOf(adapter).name} + ${adapterName(adapter)}`, promptVersionId: trainedWith(adapter.trainingRun) })),
    ...known.filter(({ kind }) => kind === 'merged').map((model): PlayModel => ({ value: writerValue('engine', model.name), kind: 'merged', name: model.name, promptVersionId: trainedWith(model.adapter?.trainingRun) })),
    ...bases.map((name): PlayModel => ({ value: writerValue('engine', name), kind: 'base', name, promptVersionId: null })),
  ]
  const order = ({ kind, promptVersionId }: PlayModel) => ['adapter', 'merged', 'base'].indexOf(kind) * 2 + (promptVersionId === null ? 1 : 0)
  return offered.sort((a, b) => order(a) - order(b))
}
