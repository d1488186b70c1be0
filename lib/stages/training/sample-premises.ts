import type { Tx } from '@/lib/db'
import type { TrainingSettings } from '@/lib/settings/training'

type Chosen = { premise: string; pairOrdinal: number | null }

/**
 * Fixes the premises that a run writes to along the way: the person's own first, then pairs of the dataset version drawn
 * by the run's seed, those held out before those it learns from, no premise twice.
 */
export async function fixSamplePremises(tx: Tx, trainingRunId: string, datasetVersionId: string, settings: TrainingSettings): Promise<void> {
  const { samples, samplePremises, seed } = settings
  if (samples === 0) return
  const own = [...new Set(samplePremises)].slice(0, samples)
  const known = await tx.datasetPair.findMany({ where: { datasetVersionId, premise: { in: own } }, orderBy: { ordinal: 'desc' }, select: { premise: true, ordinal: true } })
  const placeOf = new Map(known.map(({ premise, ordinal }) => [premise, ordinal]))
  const drawn = await tx.$queryRaw<{ premise: string; ordinal: number }[]>`
    SELECT premise, ordinal FROM (SELECT DISTINCT ON (premise) premise, ordinal, split FROM dataset_pair
      WHERE dataset_version_id = ${datasetVersionId}::uuid AND premise <> ALL(${own}::text[]) ORDER BY premise, split = 'validation' DESC, ordinal) pair
    ORDER BY split = 'validation' DESC, md5(${`${seed}/`} || ordinal) LIMIT ${samples - own.length}`
  const chosen: Chosen[] = [...own.map((premise) => ({ premise, pairOrdinal: placeOf.get(premise) ?? null })), ...drawn.map(({ premise, ordinal }) => ({ premise, pairOrdinal: ordinal }))]
  await tx.samplePremise.createMany({ data: chosen.map((each, ordinal) => ({ ...each, trainingRunId, ordinal })) })
}

/** A run that goes on from another's step writes to the same premises; what was written up to there is its own beginning. */
export async function copySamples(tx: Tx, fromRunId: string, toRunId: string, step: number): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO sample_premise (training_run_id, ordinal, premise, pair_ordinal)
    SELECT ${toRunId}::uuid, ordinal, premise, pair_ordinal FROM sample_premise WHERE training_run_id = ${fromRunId}::uuid`
  await tx.$executeRaw`
    INSERT INTO written_sample (training_run_id, step, ordinal, text, tokens, ending, seconds, epoch, at)
    SELECT ${toRunId}::uuid, step, ordinal, text, tokens, ending, seconds, 0, at FROM written_sample WHERE training_run_id = ${fromRunId}::uuid AND step <= ${step}`
}
