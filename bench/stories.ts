import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type CpuSeconds, cpuSeconds } from '@/bench/support/cpu-seconds'
import type { Measurement } from '@/bench/support/measurement'
import { generateOffline, type OfflineQuestion } from '@/bench/support/offline-generation'
import { type ProductionStudio, withProductionStudio } from '@/bench/support/production-studio'
import { makeTestFile } from '@/bench/support/test-file'
import { waitForJob } from '@/bin/whole-job/wait-for-job'
import { thisDevice } from '@/gpu-worker/device'
import { cpuDtype, roomyContext } from '@/gpu-worker/engine/settings'
import { db } from '@/lib/db'
import { homeDirectory } from '@/lib/env'
import { storyMessages } from '@/lib/llm/prompts'
import { contextLimit } from '@/lib/models/context-limit'
import { presets } from '@/lib/settings/presets'
import { registerFolder } from '@/lib/stages/models'
import { createProject } from '@/lib/stages/projects'
import { saveStoryPrompt } from '@/lib/stages/prompts/prompts'
import { writingPace } from '@/lib/stages/stories/pace'
import { startStories } from '@/lib/stages/stories/stories'

export const needs = ['python', 'model', 'build']

const rows = Number(process.env.MOLIAN_BENCH_ROWS ?? 64)
const oneByOne = Math.min(8, rows)
const tokens = Number(process.env.MOLIAN_BENCH_TOKENS ?? 256)
const sampling = { ...presets.starter.stories.sampling, temperature: 0.8, topP: 1, topK: 50, repetitionPenalty: 1, maxTokens: tokens, minimumCharacters: 1, tries: 1 }
const prompt = presets.starter.stories.prompt

/**
 * A story run of the studio with the starter model (cut vocabulary), all rows at once, in tokens a second from the first request to the
 * last answer: against a run of the same settings one row at a time on the same engine (`ratio`), and against plain vLLM generating the
 * very same rows offline in one call, each held to as many tokens as it has in the run (`ofOffline`). `ownShare`: CPU seconds of worker,
 * database, queue and web, whose run page is read once a second, of those of all and the engine while the rows are written.
 * MOLIAN_BENCH_ROWS, MOLIAN_BENCH_TOKENS: fewer, to see that it works.
 */
export async function measure(): Promise<Measurement> {
  const modelDirectory = path.join(homeDirectory(), 'models', 'starter')
  const { one, all, cpu, questions } = await withProductionStudio((studio) => runs(studio, modelDirectory))
  const device = await thisDevice()
  const offline = await generateOffline({ modelDirectory, servedName: 'starter', maxModelLength: roomyContext(tokens, await contextLimit(modelDirectory), device) }, questions)
  const [ours, baseline, offlinePerSecond] = [perSecond(all), perSecond(one), offline.tokens / offline.seconds]
  const own = cpu.worker + cpu.web + cpu.database + cpu.queue
  return {
    ours,
    baseline,
    ratio: ours / baseline,
    unit: 'tokens/s',
    offline: offlinePerSecond,
    ofOffline: ours / offlinePerSecond,
    tokens: all.tokens,
    offlineTokens: offline.tokens,
    ownShare: own / (own + cpu.engine),
    workerCpuSeconds: cpu.worker,
    databaseCpuSeconds: cpu.database,
    webCpuSeconds: cpu.web,
    engineCpuSeconds: cpu.engine,
    rows,
    oneByOne,
    sampling: `temperature 0.8, top_k 50, top_p 1, seeded, at most ${tokens} tokens`,
    vocabulary: 'cut (starter model)',
    dtype: device.kind === 'cpu' ? cpuDtype(device) : 'auto',
  }
}

type Pace = { tokens: number; ms: number }

async function runs(studio: ProductionStudio, modelDirectory: string): Promise<{ one: Pace; all: Pace; cpu: CpuSeconds; questions: OfflineQuestion[] }> {
  const { id: projectId } = await createProject('stories')
  const [model, version] = await Promise.all([registerFolder('starter', modelDirectory), saveStoryPrompt(projectId, prompt)])
  const order = { promptVersionId: version.id, settings: { writer: { kind: 'engine' as const, modelId: model.id }, sampling } }
  const first = await startStories(projectId, { ...order, testFileId: await makeTestFile(projectId, oneByOne), settings: { ...order.settings, sampling: { ...sampling, concurrency: 1 } } })
  await waitForJob(first.jobId, () => {})
  await scored()
  const second = await startStories(projectId, { ...order, testFileId: await makeTestFile(projectId, rows) })
  const cpu = await cpuOf(studio, second.jobId, `${studio.url}/projects/${projectId}/stories/${second.id}`)
  return { one: await writingPace(first.id), all: await writingPace(second.id), cpu, questions: await questionsOf(second.id) }
}

/** Scoring is work of its own, which must not run into the next measurement. */
async function scored(): Promise<void> {
  const open = await db().job.findMany({ where: { name: 'score-stories', state: { in: ['queued', 'running'] } } })
  for (const { id } of open) await waitForJob(id, () => {})
}

/** CPU seconds from the first row being written to the job's end, with the run's page read once a second. */
async function cpuOf(studio: ProductionStudio, jobId: string, page: string): Promise<CpuSeconds> {
  const processes = { worker: studio.processOf('worker'), web: studio.processOf('web'), home: homeDirectory() }
  let before: CpuSeconds | null = null
  let isOver = false
  const ended = waitForJob(jobId, (job) => {
    if (job.phase === 'writing') before ??= cpuSeconds(processes)
  }).finally(() => {
    isOver = true
  })
  const looking = (async () => {
    while (!isOver) {
      const answer = await fetch(page)
      await answer.arrayBuffer()
      await Promise.race([pause(1000), ended.catch(() => {})])
    }
  })()
  await ended
  const after = cpuSeconds(processes)
  await looking
  const from: CpuSeconds = before ?? { worker: 0, web: 0, database: 0, queue: 0, engine: 0 }
  return { worker: after.worker - from.worker, web: after.web - from.web, database: after.database - from.database, queue: after.queue - from.queue, engine: after.engine - from.engine }
}

/** What the run asked, for each row exactly as many tokens as it got. */
async function questionsOf(storyRunId: string): Promise<OfflineQuestion[]> {
  const tries = await db().storyTry.findMany({ where: { storyRunId }, include: { testRow: true }, orderBy: { testRow: { ordinal: 'asc' } } })
  return tries.map(({ seed, completionTokens, testRow }) => ({
    messages: storyMessages(prompt, { premise: testRow.input, instruction: testRow.instruction }),
    sampling: { temperature: sampling.temperature, top_p: sampling.topP, top_k: sampling.topK, seed, max_tokens: completionTokens ?? tokens, min_tokens: completionTokens ?? tokens, ignore_eos: true },
  }))
}

function perSecond({ tokens: written, ms }: Pace): number {
  return written / (ms / 1000)
}
