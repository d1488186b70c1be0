import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { inspectModelFolder } from '@/lib/models/folder'
import { modelDirectory } from '@/lib/stages/models'
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
  const base = baseOf(adapter)
  const { name, family, sha256, parameters } = base
  // As its folder says now, where that is still there and says one.
  const licence = (await inspectModelFolder(modelDirectory(base)).catch(() => base)).licence ?? base.licence
  const common = { name: adapterName(adapter), madeAt: adapter.createdAt, sha256: adapter.sha256, base: { name, family, licence, sha256, parameters } }
  const { trainingRun: run, import: imported } = adapter
  if (run === null) return { ...common, trained: null, imported: imported && { origin: imported.origin, described: describedAdapter.safeParse(imported.described).data ?? null } }
  const { datasetVersion: dataset } = run
  const novels = await novelsOf(dataset.id)
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
        novels,
      },
    },
  }
}

/** The novels that the training pairs of a version are of; a pair of a file has what the file called it. */
async function novelsOf(datasetVersionId: string): Promise<{ title: string; pairs: number }[]> {
  return db().$queryRaw<{ title: string; pairs: number }[]>`
    SELECT coalesce(nullif(d.novel, ''), n.title, '') AS title, count(*)::int AS pairs FROM dataset_pair d
    LEFT JOIN premise p ON p.id = d.premise_id LEFT JOIN passage s ON s.id = p.passage_id
    LEFT JOIN chapter c ON c.id = s.chapter_id LEFT JOIN novel n ON n.id = c.novel_id
    WHERE d.dataset_version_id = ${datasetVersionId}::uuid AND d.split = 'training' GROUP BY 1 ORDER BY 2 DESC, 1`
}
