import { createHash } from 'node:crypto'
import { artifactPath, inHome, writeAtomically } from '@/lib/artifacts'
import { copyRows, type CopyValue } from '@/lib/copy'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { DatasetVersion, Role, Split } from '@/lib/generated/prisma/client'
import { shuffled } from '@/lib/draw'
import type { Handler } from '@/lib/queue/attempt'
import { fencedClient } from '@/lib/queue/fenced-client'
import { pairSettings, type PairSettings } from '@/lib/settings/pairs'
import { codePoints } from '@/lib/text/counts'

type Candidate = { premiseId: number; premise: string; passage: string; novelId: number; chapterId: number; role: Role }
type Frozen = { premiseId: number; premise: string; passage: string; split: Split }

/** Freezes a run's pairs: split by novel or chapter, hashed, written out for the trainer. */
export const freezeDataset: Handler = async (attempt) => {
  const version = await db().datasetVersion.findUniqueOrThrow({ where: { id: attempt.subjectId } })
  const settings = pairSettings.parse(version.settings)
  const candidates = await candidatesOf(version, settings)
  if (candidates.length === 0) throw new MolianError('pairs.none')
  const pairs = split(candidates, settings)
  const of = (wanted: Split) => pairs.filter((pair) => pair.split === wanted)
  const training = of('training')
  const validation = of('validation')

  await writeAtomically(inHome(artifactPath.trainingPairs(version.id)), training.map(line))
  await writeAtomically(inHome(artifactPath.validationPairs(version.id)), validation.map(line))
  const sha256 = createHash('sha256').update(pairs.map((pair) => `${pair.split}\t${line(pair)}`).join('')).digest('hex')
  const characters = pairs.reduce((sum, pair) => sum + codePoints(pair.passage), 0)

  const change = { project: version.projectId, topic: 'pairs' as const, id: version.id }
  await fencedClient({ jobId: attempt.jobId, epoch: attempt.epoch }, change, async (client) => {
    await client.query('DELETE FROM dataset_pair WHERE dataset_version_id = $1', [version.id])
    await copyRows(
      client,
      'dataset_pair',
      ['dataset_version_id', 'ordinal', 'premise_id', 'split', 'premise', 'passage'],
      pairs.map((pair, ordinal): CopyValue[] => [version.id, ordinal, pair.premiseId, pair.split, pair.premise, pair.passage]),
    )
    await client.query(
      'UPDATE dataset_version SET sha256 = $2, training_pairs = $3, validation_pairs = $4, characters = $5 WHERE id = $1',
      [version.id, sha256, training.length, validation.length, characters],
    )
  })
  return { training: training.length, validation: validation.length, characters, sha256 }
}

function line(pair: Frozen): string {
  return `${JSON.stringify({ premise: pair.premise, passage: pair.passage })}\n`
}

/** Good or edited premises that nobody rejected, in the order of the passages. */
async function candidatesOf(version: DatasetVersion, settings: PairSettings): Promise<Candidate[]> {
  const verdicts = settings.undecided === 'keep' ? ['kept', 'undecided'] : ['kept']
  return db().$queryRaw<Candidate[]>`
    SELECT p.id AS "premiseId", coalesce(p.edited, p.text) AS premise, n.id AS "novelId", c.id AS "chapterId",
      btrim(substring(c.text FROM s.start_at + 1 FOR s.end_at - s.start_at), E' \\n\\u3000') AS passage,
      CASE WHEN c.role <> 'drawn' THEN c.role ELSE n.role END AS role
    FROM premise p JOIN passage s ON s.id = p.passage_id JOIN chapter c ON c.id = s.chapter_id JOIN novel n ON n.id = c.novel_id
    WHERE p.premise_run_id = ${version.premiseRunId}::uuid AND p.verdict::text = ANY(${verdicts})
      AND (p.outcome = 'good' OR p.edited IS NOT NULL) ORDER BY s.ordinal`
}

/** Whole novels or chapters go to validation, drawn by the seed, until the share is reached; at least one stays for training. */
function split(candidates: Candidate[], settings: PairSettings): Frozen[] {
  const groupOf = (pair: Candidate) => (settings.splitBy === 'novel' ? pair.novelId : pair.chapterId)
  const drawnPairs = candidates.filter((pair) => pair.role === 'drawn')
  const sizes = new Map<number, number>()
  for (const pair of drawnPairs) sizes.set(groupOf(pair), (sizes.get(groupOf(pair)) ?? 0) + pair.passage.length)
  const wanted = settings.validationShare * drawnPairs.reduce((sum, pair) => sum + pair.passage.length, 0)

  const validation = new Set<number>()
  const groups = shuffled([...sizes.keys()].sort((a, b) => a - b), settings.seed)
  let taken = 0
  for (const group of groups) {
    const size = sizes.get(group) ?? 0
    // A group that overshoots by more than it helps is left to training.
    if (validation.size === groups.length - 1 || Math.abs(wanted - taken - size) >= wanted - taken) continue
    validation.add(group)
    taken += size
  }
  return candidates.map((pair) => {
    const role = pair.role === 'drawn' ? (validation.has(groupOf(pair)) ? 'validation' : 'training') : pair.role
    return { premiseId: pair.premiseId, premise: pair.premise, passage: pair.passage, split: role }
  })
}
