import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { Measurement } from '@/bench/support/measurement'
import { type ProductionStudio, withProductionStudio } from '@/bench/support/production-studio'
import { mostResidentMB } from '@/bench/support/resident-memory'
import { answerOf } from '@/bench/support/send-upload'
import { serverWord } from '@/bench/support/server-word'
import { makeTestFile } from '@/bench/support/test-file'
import { waitForJob } from '@/bin/whole-job/wait-for-job'
import { endpointAt } from '@/lib/llm/endpoints'
import { presets } from '@/lib/settings/presets'
import { createProject } from '@/lib/stages/projects'
import { saveStoryPrompt } from '@/lib/stages/prompts/prompts'
import { findScoring } from '@/lib/stages/stories/scoring'
import { writingPace } from '@/lib/stages/stories/pace'
import { startStories } from '@/lib/stages/stories/stories'

export const needs = ['build']

const many = Number(process.env.MOLIAN_BENCH_ROWS ?? 100_000)
const few = Math.ceil(many / 10)
const latencyMs = 20
const concurrency = 256

/**
 * Two story runs of the production studio against a server of this machine that answers at once, of 10,000 and of 100,000 rows, while
 * the run's page and its rows are read, and their scoring: the most resident memory of worker and web together in the larger one,
 * against that in the smaller one; `ratio` 1 is flat. Besides each process by itself, and rows written a second.
 * MOLIAN_BENCH_ROWS: fewer than the 100,000, and a tenth of that, to see that it works.
 */
export async function measure(): Promise<Measurement> {
  const server = fork(path.join(import.meta.dirname, 'support/llm-server.ts'), { execArgv: ['--import', import.meta.resolve('tsx')] })
  try {
    const { url } = serverWord.parse((await once(server, 'message'))[0])
    const heard = once(server, 'message')
    server.send({ latencyMs, bucket: null })
    await heard
    return await withProductionStudio(async (studio) => {
      const small = await written(studio, url, few)
      const large = await written(studio, url, many)
      const [baseline, ours] = [small.workerMB + small.webMB, large.workerMB + large.webMB]
      return {
        ours, baseline, ratio: baseline / ours, unit: 'MB', rows: many, fewRows: few, concurrency,
        workerMB: large.workerMB, webMB: large.webMB, fewWorkerMB: small.workerMB, fewWebMB: small.webMB,
        rowsPerSecond: large.perSecond, fewRowsPerSecond: small.perSecond,
      }
    })
  } finally {
    server.disconnect()
  }
}

async function written(studio: ProductionStudio, url: string, rows: number): Promise<{ workerMB: number; webMB: number; perSecond: number }> {
  const { id: projectId } = await createProject(`${rows} rows`)
  const [endpoint, version, testFileId] = await Promise.all([endpointAt(url, 'chat', null), saveStoryPrompt(projectId, presets.starter.stories.prompt), makeTestFile(projectId, rows)])
  const sampling = { ...presets.starter.stories.sampling, minimumCharacters: 1, tries: 1, concurrency }
  let pace = { rows: 0, ms: 1 }
  const [workerMB = 0, webMB = 0] = await mostResidentMB([studio.processOf('worker'), studio.processOf('web')], async () => {
    const run = await startStories(projectId, { testFileId, promptVersionId: version.id, settings: { writer: { kind: 'endpoint', endpointId: endpoint.id, model: 'bench' }, sampling } })
    await whileRead(studio, projectId, run.id, waitForJob(run.jobId, () => {}))
    pace = await writingPace(run.id)
    const scoring = await findScoring(run.id)
    if (scoring) await waitForJob(scoring.jobId, () => {})
  })
  return { workerMB, webMB, perSecond: pace.rows / (pace.ms / 1000) }
}

const piece = z.object({ rows: z.array(z.object({ id: z.number() })), more: z.boolean() })

/** Reads the run's page every two seconds, and its rows as they come, as a person's browser does. */
async function whileRead({ url }: ProductionStudio, projectId: string, storyRunId: string, ended: Promise<unknown>): Promise<void> {
  let isOver = false
  const over = ended.finally(() => {
    isOver = true
  })
  const look = (async () => {
    for (let after = 0; !isOver; ) {
      await (await fetch(`${url}/projects/${projectId}/stories/${storyRunId}`)).arrayBuffer()
      for (let more = true; more; ) {
        const answer = piece.parse(await answerOf(await fetch(`${url}/api/stories/${storyRunId}/rows?after=${after}`)))
        after = answer.rows.at(-1)?.id ?? after
        more = answer.more
      }
      await Promise.race([pause(2000), over.catch(() => {})])
    }
  })()
  await over
  await look
}
