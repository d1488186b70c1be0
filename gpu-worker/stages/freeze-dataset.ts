import { createHash } from 'node:crypto'
import type { PoolClient } from 'pg'
import { artifactPath, inHome, sha256OfFile, writeAtomically } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { Prisma, type Split } from '@/lib/generated/prisma/client'
import type { Handler } from '@/lib/queue/attempt'
import { fencedClient } from '@/lib/queue/fenced-client'
import { pairSettings } from '@/lib/settings/pairs'
import { datasetCandidates } from '@/lib/stages/pairs/dataset-candidates'
import { chooseDataset, type ChosenPair } from '@/lib/stages/pairs/dataset-choice'
import { sourcesOfVersion } from '@/lib/stages/pairs/datasets'
import { isChecked } from '@/lib/stages/pairs/checks'
import { pairRows } from '@/lib/stages/pairs/rows'
import type { PairSource } from '@/lib/stages/pairs/source'
import { markPairs } from '@/gpu-worker/stages/check-pairs/mark-pairs'

type Frozen = { ordinal: number; split: Split; premise: string; passage: string }

/** Pairs read at once. */
const batch = 1000

/**
 * Freezes the pairs of a version's sources: chosen and split without their texts, copied within the database, then hashed
 * and written out for the trainer from the very rows, a thousand at a time.
 */
export const freezeDataset: Handler = async (attempt) => {
  const version = await db().datasetVersion.findUniqueOrThrow({ where: { id: attempt.subjectId } })
  const settings = pairSettings.parse(version.settings)
  const sources = sourcesOfVersion(version)
  // Without a look through the pairs as they stand, near duplicates and leaks would go in unseen.
  for (const source of sources) if (!(await isChecked(version.projectId, source))) await markPairs(attempt, version.projectId, source)
  attempt.progress({ done: 0, total: 1, phase: 'freezing' })
  const { pairs, leftOut, before, after } = chooseDataset(await datasetCandidates(sources), settings)
  if (pairs.length === 0) throw new MolianError('pairs.none')
  const balance = { leftOut, before, after }

  const change = { project: version.projectId, topic: 'pairs' as const, id: version.id }
  return fencedClient({ jobId: attempt.jobId, epoch: attempt.epoch }, change, async (client) => {
    await client.query('DELETE FROM dataset_pair WHERE dataset_version_id = $1', [version.id])
    for (const [at, source] of sources.entries()) await copyPairs(client, version.id, source, pairs, at)
    attempt.signal.throwIfAborted()
    const hash = createHash('sha256')
    const files = { training: inHome(artifactPath.trainingPairs(version.id)), validation: inHome(artifactPath.validationPairs(version.id)) }
    for (const split of ['training', 'validation'] as const) await writeAtomically(files[split], linesOf(client, version.id, split))
    for await (const pair of frozenPairs(client, version.id, null)) hash.update(`${pair.split}\t${line(pair)}`)
    const sha256 = hash.digest('hex')
    const training = pairs.filter(({ split }) => split === 'training').length
    const validation = pairs.length - training
    // The measure of the preview and of every table: the passage as it was cut, its first indent and last line break included.
    const { characters } = after
    await client.query('UPDATE dataset_version SET sha256 = $2, training_pairs = $3, validation_pairs = $4, characters = $5, balance = $6 WHERE id = $1', [version.id, sha256, training, validation, characters, JSON.stringify(balance)])
    const fileHashes = { training: await sha256OfFile(files.training), validation: await sha256OfFile(files.validation) }
    return { training, validation, characters, sha256, fileHashes }
  })
}

/** The chosen pairs of one source into the version, their texts as they stand now; a pair's ordinal is its place among all that were chosen. */
async function copyPairs(client: PoolClient, versionId: string, source: PairSource, pairs: readonly ChosenPair[], at: number): Promise<void> {
  const own = pairs.flatMap((pair, ordinal) => (pair.source === at ? [{ ...pair, ordinal }] : []))
  const passage =
    source.kind === 'run'
      ? Prisma.sql`(SELECT btrim(substring(c.text FROM s.start_at + 1 FOR s.end_at - s.start_at), E' \n\u3000') FROM passage s JOIN chapter c ON c.id = s.chapter_id WHERE s.id = pair.passage_id)`
      : Prisma.sql`(SELECT i.passage FROM imported_pair i WHERE i.id = pair.id)`
  const { text, values } = Prisma.sql`
    INSERT INTO dataset_pair (dataset_version_id, ordinal, premise_id, imported_pair_id, split, premise, passage, novel, chapter)
    SELECT ${versionId}::uuid, chosen.ordinal, ${source.kind === 'run' ? Prisma.sql`pair.id, NULL` : Prisma.sql`NULL, pair.id`}, chosen.split::"Split", pair.premise, ${passage}, pair.novel, pair.chapter
    FROM unnest(${own.map(({ id }) => id)}::int[], ${own.map(({ ordinal }) => ordinal)}::int[], ${own.map(({ split }) => split)}::text[]) AS chosen(id, ordinal, split)
    JOIN ${pairRows(source)} ON pair.id = chosen.id`
  await client.query(text, values)
}

async function* linesOf(client: PoolClient, versionId: string, split: Split): AsyncGenerator<string> {
  for await (const pair of frozenPairs(client, versionId, split)) yield line(pair)
}

async function* frozenPairs(client: PoolClient, versionId: string, split: Split | null): AsyncGenerator<Frozen> {
  let next = 0
  for (;;) {
    const { rows } = await client.query<Frozen>(
      `SELECT ordinal, split, premise, passage FROM dataset_pair WHERE dataset_version_id = $1 AND ordinal >= $2 AND ($3::text IS NULL OR split::text = $3) ORDER BY ordinal LIMIT ${batch}`,
      [versionId, next, split],
    )
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < batch) return
    next = last.ordinal + 1
  }
}

function line(pair: Frozen): string {
  return `${JSON.stringify({ premise: pair.premise, passage: pair.passage })}\n`
}
