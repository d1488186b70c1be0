import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { describedAdapter, type DescribedAdapter } from '@/lib/models/adapter/config'
import { adapterName, baseOf, withOrigin } from '@/lib/stages/models/merging'
import { resultOf, type TrainingResult } from '@/lib/stages/training/training'

/** What an adapter, or the model merged of it, was made from, and how. */
export type Lineage = {
  name: string
  madeAt: Date
  sha256: string
  base: { name: string; family: string | null; licence: string | null; sha256: string | null; parameters: bigint | null }
  /** Of one that was trained here. */
  trained: {
    project: string
    run: number
    settings: Record<string, unknown>
    result: TrainingResult | null
    stoppedEarly: boolean
    prompt: { system: string; template: string }
    dataset: { ordinal: number; name: string; sha256: string | null; trainingPairs: number; validationPairs: number; characters: number; novels: { title: string; pairs: number }[] }
  } | null
  /** Of one that came from elsewhere. */
  imported: { origin: string; described: DescribedAdapter | null } | null
}

/** Throws run.missing for an adapter that is not there. */
export async function lineageOf(adapterId: string): Promise<Lineage> {
  const include = { ...withOrigin, trainingRun: { include: { ...withOrigin.trainingRun.include, job: true, promptVersion: true, datasetVersion: true } } } as const
  const adapter = await db().adapter.findUnique({ where: { id: adapterId }, include })
  if (!adapter) throw new MolianError('run.missing', { what: 'adapter' })
  const { name, family, licence, sha256, parameters } = baseOf(adapter)
  const common = { name: adapterName(adapter), madeAt: adapter.createdAt, sha256: adapter.sha256, base: { name, family, licence, sha256, parameters } }
  const { trainingRun: run, import: imported } = adapter
  if (run === null) return { ...common, trained: null, imported: imported && { origin: imported.origin, described: describedAdapter.safeParse(imported.described).data ?? null } }
  const { datasetVersion: dataset } = run
  const novels = await db().datasetPair.groupBy({ by: ['novel'], where: { datasetVersionId: dataset.id, split: 'training' }, _count: true, orderBy: { novel: 'asc' } })
  return {
    ...common,
    imported: null,
    trained: {
      project: run.project.name,
      run: run.ordinal,
      settings: run.settings !== null && typeof run.settings === 'object' && !Array.isArray(run.settings) ? run.settings : {},
      result: resultOf(run),
      stoppedEarly: run.stoppedEarly,
      prompt: { system: run.promptVersion.system, template: run.promptVersion.template },
      dataset: {
        ordinal: dataset.ordinal,
        name: dataset.name,
        sha256: dataset.sha256,
        trainingPairs: dataset.trainingPairs,
        validationPairs: dataset.validationPairs,
        characters: dataset.characters,
        novels: novels.map((each) => ({ title: each.novel, pairs: each._count })),
      },
    },
  }
}
