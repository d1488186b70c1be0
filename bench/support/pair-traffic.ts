import { createReadStream, createWriteStream } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { presets } from '@/lib/settings/presets'
import { datasetCandidates } from '@/lib/stages/pairs/dataset-candidates'
import { chooseDataset } from '@/lib/stages/pairs/dataset-choice'
import { exportDataset } from '@/lib/stages/pairs/dataset-export'
import { decidePairs, undoDecision } from '@/lib/stages/pairs/decisions'
import { pairFacets } from '@/lib/stages/pairs/facets'
import { filterOf } from '@/lib/stages/pairs/filter'
import { receivePairs } from '@/lib/stages/pairs/imports'
import { pairRows } from '@/lib/stages/pairs/rows'
import type { PairSource } from '@/lib/stages/pairs/source'
import { pairKey, pairMarks, pairPage } from '@/lib/stages/pairs/table'

// Everything that a web process does with the pairs of one run, once, in the order of a person's work; then the most
// memory that it took. Run by bench/pairs.ts.
const source: PairSource = { kind: 'run', id: z.uuid().parse(process.argv[2]) }
const { projectId } = await db().premiseRun.findUniqueOrThrow({ where: { id: source.id } })
const figures: Record<string, number> = {}

const all = filterOf(new URLSearchParams())
const { marks } = await pairMarks(source, all)
await pairFacets(source, null)
// The whole list scrolled through.
figures.scrollMs = await timed(async () => {
  for (const mark of marks) await pairPage(source, all, pairKey.parse(mark))
})
figures.bulkMs = await timed(() => decidePairs(projectId, source, filterOf(new URLSearchParams('verdict=undecided')), 'kept'))
figures.undoMs = await timed(() => undoDecision(projectId, source))
figures.previewMs = await timed(async () => chooseDataset(await datasetCandidates([source]), presets.starter.pairs))

const project = { connect: { id: projectId } }
const job = { create: { project, name: 'freeze-dataset', subjectId: projectId, lane: 'cpu' as const, state: 'cancelled' as const, idempotencyKey: 'bench' } }
const version = await db().datasetVersion.create({ data: { project, ordinal: 1, settings: {}, job } })
await db().$executeRaw`
  INSERT INTO dataset_pair (dataset_version_id, ordinal, premise_id, split, premise, passage, novel, chapter)
  SELECT ${version.id}::uuid, row_number() OVER (ORDER BY pair.place) - 1, pair.id, 'training', pair.premise, repeat(pair.premise, 40), pair.novel, pair.chapter FROM ${pairRows(source)}`
const file = path.join(env().home, 'pairs.csv')
const out = createWriteStream(file)
figures.exportMs = await timed(() => pipeline(Readable.from(exportDataset(version.id, 'csv')), out))
figures.exportMB = out.bytesWritten / 1e6
figures.receiveMs = await timed(() => receivePairs(projectId, 'pairs.csv', createReadStream(file)))
// Kilobytes, as the system counted them.
figures.mostMemoryMB = (process.resourceUsage().maxRSS * 1024) / 1e6
process.send?.(figures, () => process.exit(0))

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}
