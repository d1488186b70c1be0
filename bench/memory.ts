import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { writeLargeNovels } from '@/bench/support/large-novel'
import { makeManyPairs } from '@/bench/support/many-pairs'
import type { Measurement } from '@/bench/support/measurement'
import { writeNovelsFile } from '@/bench/support/novels-file'
import { type ProductionStudio, withProductionStudio } from '@/bench/support/production-studio'
import { mostResidentMB, residentMB } from '@/bench/support/resident-memory'
import { answerOf, sendNovels } from '@/bench/support/send-upload'
import { waitForJob } from '@/bin/whole-job/wait-for-job'
import { db } from '@/lib/db'
import { pairFormats } from '@/lib/pair-formats/format'
import { presets } from '@/lib/settings/presets'
import { startDataset } from '@/lib/stages/pairs/datasets'
import { filterOf } from '@/lib/stages/pairs/filter'
import { pairMarks } from '@/lib/stages/pairs/table'
import { createProject } from '@/lib/stages/projects'

export const needs = ['python', 'build']

const uploadBytes = 1_000_000_000
const pairs = 100_000
/** Megabytes that the web process may take. */
const limit = 600

/**
 * The most resident memory of the production studio's web process through the work of the data rooms, all over HTTP: 1 GB of
 * novels sent, a novel of 10 MB read and searched from end to end, its passages tried, 100,000 pairs listed with filters,
 * frozen and exported in every form. `baseline` is what it may take. Beside it each part of the work by itself, and how far the worker grew
 * while it put the 1 GB into the database.
 */
export async function measure(): Promise<Measurement> {
  const folder = await mkdtemp(path.join(tmpdir(), 'molian-bench-memory-'))
  try {
    return await withProductionStudio(async (studio) => {
      const { id } = await createProject('memory')
      const [web, worker] = [studio.processOf('web'), studio.processOf('worker')]
      const large = path.join(folder, 'large.json')
      await writeNovelsFile(large, uploadBytes)
      const before = residentMB(worker)
      const [uploadMB = 0, workerMB = 0] = await mostResidentMB([web, worker], () => sendNovels(studio.url, id, large))
      const [readMB = 0] = await mostResidentMB([web], () => read(studio, folder))
      const { projectId, premiseRunId } = await makeManyPairs(pairs)
      const [pairsMB = 0] = await mostResidentMB([web], () => listPairs(studio, projectId, premiseRunId))
      const [exportMB = 0] = await mostResidentMB([web], () => exportPairs(studio, projectId, premiseRunId))
      const ours = Math.max(uploadMB, readMB, pairsMB, exportMB)
      return { ours, baseline: limit, ratio: limit / ours, unit: 'MB', uploadMB, readMB, pairsMB, exportMB, workerGrowthMB: workerMB - before }
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function read({ url }: ProductionStudio, folder: string): Promise<void> {
  const { id } = await createProject('reading')
  const file = path.join(folder, 'novel.json')
  await writeLargeNovels(file, [10_000_000])
  await sendNovels(url, id, file)
  const novel = await db().novel.findFirstOrThrow({ where: { projectId: id }, include: { chapters: { select: { id: true }, orderBy: { ordinal: 'asc' } } } })
  await drained(`${url}/projects/${id}/novels`)
  for (const [at, chapter] of novel.chapters.entries()) {
    if (at % 50 === 0) await drained(`${url}/projects/${id}/novels/${novel.id}?chapter=${chapter.id}`)
    await answerOf(await fetch(`${url}/api/novels/${novel.id}/text?chapter=${chapter.id}&part=0&count=24`))
  }
  for (const words of ['自己', '不知道', '母亲']) await answerOf(await fetch(`${url}/api/novels/${novel.id}/find?${new URLSearchParams({ words })}`))
  const { target: _, ...rule } = presets.starter.passages
  const settings = new URLSearchParams({ registers: 'modern', ...Object.fromEntries(Object.entries(rule).map(([name, value]) => [name, String(value ?? '')])) })
  for (let target = 401; target < 421; target += 1) await drained(`${url}/projects/${id}/passages?target=${target}&${settings}`)
}

const filters = ['', 'verdict=undecided&register=modern&flaw=none&order=premise-long', 'flaw=copied', 'text=第99998日', 'duplicate=any']

async function listPairs({ url }: ProductionStudio, projectId: string, premiseRunId: string): Promise<void> {
  for (const filter of filters) {
    await drained(`${url}/projects/${projectId}/pairs?run=1&${filter}`)
    const { marks } = await pairMarks({ kind: 'run', id: premiseRunId }, filterOf(new URLSearchParams(filter)))
    for (const mark of marks) await drained(`${url}/api/pairs/run/${premiseRunId}/rows?after=${mark}&${filter}`)
  }
}

async function exportPairs({ url }: ProductionStudio, projectId: string, premiseRunId: string): Promise<void> {
  const settings = new URLSearchParams(Object.entries(presets.starter.pairs).map(([name, value]) => [name, String(value)]))
  const previewed = z.object({ preview: z.object({ training: z.number() }) })
  for (let round = 0; round < 10; round += 1) previewed.parse(await answerOf(await fetch(`${url}/api/datasets/preview?projectId=${projectId}&source=run:${premiseRunId}&${settings}`)))
  const version = await startDataset(projectId, [{ kind: 'run', id: premiseRunId }], presets.starter.pairs)
  await waitForJob(version.jobId, () => {})
  for (const format of pairFormats) await drained(`${url}/api/datasets/${version.id}/${format}`)
}

/** Asks and takes the whole answer, holding none of it. */
async function drained(address: string): Promise<void> {
  const answer = await fetch(address)
  if (!answer.ok || !answer.body) throw new Error(`${answer.status} ${address}`)
  for await (const _ of answer.body) continue
}
