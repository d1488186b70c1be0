import { db } from '@/lib/db'
import type { SampleEnding, Split } from '@/lib/generated/prisma/client'

/** A premise that a run writes to, with the passage that it was written for; `split` and the rest are null for one of a person's own. */
export type SamplePremise = { ordinal: number; premise: string; passage: string | null; split: Split | null; novel: string; chapter: string }

/** What was written at one step: `seconds` for all its samples together. */
export type SampledStep = { step: number; seconds: number }

export type WrittenSample = { ordinal: number; text: string; tokens: number; ending: SampleEnding }

/** The premises of a run and the steps at which it has written to them, in their order. */
export async function readSampledSteps(trainingRunId: string): Promise<{ premises: SamplePremise[]; steps: SampledStep[] }> {
  const [premises, steps] = await Promise.all([
    db().$queryRaw<SamplePremise[]>`
      SELECT chosen.ordinal, chosen.premise, pair.passage, pair.split::text AS split, coalesce(pair.novel, '') AS novel, coalesce(pair.chapter, '') AS chapter
      FROM sample_premise chosen JOIN training_run run ON run.id = chosen.training_run_id
      LEFT JOIN dataset_pair pair ON pair.dataset_version_id = run.dataset_version_id AND pair.ordinal = chosen.pair_ordinal
      WHERE chosen.training_run_id = ${trainingRunId}::uuid ORDER BY chosen.ordinal`,
    db().$queryRaw<SampledStep[]>`
      SELECT step, max(seconds) AS seconds FROM written_sample WHERE training_run_id = ${trainingRunId}::uuid GROUP BY step ORDER BY step`,
  ])
  return { premises, steps }
}

/** What a run wrote at a step, in the order of its premises; empty where it wrote nothing. */
export async function readWrittenSamples(trainingRunId: string, step: number): Promise<WrittenSample[]> {
  return db().writtenSample.findMany({ where: { trainingRunId, step }, orderBy: { ordinal: 'asc' }, select: { ordinal: true, text: true, tokens: true, ending: true } })
}

/** What runs wrote last to the same premise: one text a run, in the order of the runs; null of one that has not written to it. */
export type ComparedSamples = { premise: string; texts: ((WrittenSample & { step: number }) | null)[] }

/** The premises that two of these runs or more have written to, with what each wrote at the last of its steps. */
export async function compareSamples(runIds: readonly string[]): Promise<ComparedSamples[]> {
  const rows = await db().$queryRaw<(WrittenSample & { runId: string; step: number; premise: string })[]>`
    SELECT DISTINCT ON (sample.training_run_id, sample.ordinal) sample.training_run_id AS "runId", chosen.premise, sample.step, sample.ordinal, sample.text, sample.tokens, sample.ending::text AS ending
    FROM written_sample sample JOIN sample_premise chosen ON chosen.training_run_id = sample.training_run_id AND chosen.ordinal = sample.ordinal
    WHERE sample.training_run_id = ANY(${[...runIds]}::uuid[]) ORDER BY sample.training_run_id, sample.ordinal, sample.step DESC`
  const premises = new Set(rows.toSorted((a, b) => runIds.indexOf(a.runId) - runIds.indexOf(b.runId) || a.ordinal - b.ordinal).map(({ premise }) => premise))
  const compared = [...premises].map((premise) => ({
    premise,
    texts: runIds.map((id) => {
      const row = rows.find((each) => each.runId === id && each.premise === premise)
      return row ? { ordinal: row.ordinal, step: row.step, text: row.text, tokens: row.tokens, ending: row.ending } : null
    }),
  }))
  return compared.filter(({ texts }) => texts.filter((text) => text !== null).length > 1)
}
