import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { makeManyPairs } from '@/bench/support/many-pairs'
import { serverWord, type ServerBehaviour } from '@/bench/support/server-word'
import type { Measurement } from '@/bench/support/measurement'
import '@/bin/quiet-log'
import { startTemporaryPostgres } from '@/bin/services/temporary-postgres.mjs'
import { applyMigrations } from '@/bin/setup/migrations.mjs'
import { handlers } from '@/gpu-worker/handlers'
import { runJob } from '@/gpu-worker/run-job'
import { closeDb, db } from '@/lib/db'
import { askMany } from '@/lib/llm/ask-many'
import { askerFor } from '@/lib/llm/ask'
import { endpointAt } from '@/lib/llm/endpoints'
import { Limiter } from '@/lib/llm/limiter/limiter'
import { claimNext } from '@/lib/queue/lease'
import { presets } from '@/lib/settings/presets'
import { everyPassage } from '@/lib/settings/selection'
import { startPremises } from '@/lib/stages/premises/premises'
import { savePremisePrompt } from '@/lib/stages/prompts/prompts'

const latencyMs = 500
const concurrency = 32
// One passage a chapter of the bench's library, so that title and chapter make each a question of its own.
const questions = 2000
const perMinute = 3000
const holds = 150

/**
 * A premise run through the worker's own code against a server that answers after half a second: questions a second, with
 * 32 at once, against 32 / 0.5 s. Besides, under a bucket of 3,000 requests a minute that holds 150: what share of what it permits is
 * used and refused from the first question on, and the same ten seconds after the limit is halved and then made four-fold.
 */
export async function measure(): Promise<Measurement> {
  const home = await mkdtemp(path.join(tmpdir(), 'molian-bench-asking-'))
  const postgres = await startTemporaryPostgres()
  Object.assign(process.env, { MOLIAN_HOME: home, DATABASE_URL: postgres.url, REDIS_URL: 'redis://unused.invalid' })
  const server = fork(path.join(import.meta.dirname, 'support/llm-server.ts'), { execArgv: ['--import', import.meta.resolve('tsx')] })
  try {
    await applyMigrations(postgres.url)
    const { url } = await wordOf(server)
    const { perSecond: ours, meanLatencyMs } = await premisesPerSecond(url, server)
    const bucket = await underBucket(url, server)
    const baseline = concurrency / (latencyMs / 1000)
    return { ours, baseline, ratio: ours / baseline, unit: 'questions/s', concurrency, latencyMs, meanLatencyMs, ofMeanLatency: (ours * meanLatencyMs) / 1000 / concurrency, questions, ...bucket }
  } finally {
    server.disconnect()
    await closeDb()
    await postgres.stop()
    await rm(home, { recursive: true, force: true })
  }
}

/** Questions a second, and how long an answer did take as the asker saw it: on a busy machine longer than the server waits. */
async function premisesPerSecond(url: string, server: ChildProcess): Promise<{ perSecond: number; meanLatencyMs: number }> {
  await behave(server, { latencyMs, bucket: null })
  const { projectId, premiseRunId } = await makeManyPairs(questions)
  const { passageSetId } = await db().premiseRun.findUniqueOrThrow({ where: { id: premiseRunId } })
  await db().passageSet.update({ where: { id: passageSetId }, data: { kept: questions, job: { update: { state: 'succeeded' } } } })
  const prompt = await savePremisePrompt(projectId, { ...presets.kuwen.premises.prompt, template: '《{{title}}》{{chapter}}：{{passage}}' })
  const endpoint = await endpointAt(url, 'chat', null)
  const run = await startPremises(projectId, {
    passageSetId,
    promptVersionId: prompt.id,
    settings: { writer: { kind: 'endpoint', endpointId: endpoint.id, model: 'bench' }, sampling: { ...presets.kuwen.premises.sampling, concurrency, tries: 1 }, selection: everyPassage },
  })
  const job = await claimNext('cpu', 'bench', null)
  if (!job) throw new Error('No job was queued')
  const started = performance.now()
  await runJob(job, handlers).ended
  const seconds = (performance.now() - started) / 1000
  const { answered } = await wordOf(server)
  const { _avg } = await db().premiseAnswer.aggregate({ where: { premiseRunId: run.id }, _avg: { latencyMs: true } })
  return { perSecond: answered / seconds, meanLatencyMs: _avg.latencyMs ?? latencyMs }
}

type Share = { used: number; refused: number }

async function underBucket(url: string, server: ChildProcess): Promise<Record<string, number>> {
  await behave(server, { latencyMs, bucket: { perMinute, holds } })
  const limiter = new Limiter()
  const ask = askerFor({ baseUrl: url, key: null, model: 'bench' }, { timeoutMs: 60_000, retries: 3, limiter })
  const over = new AbortController()
  function* forever() {
    for (let seed = 1; ; seed += 1) yield seed
  }
  const asking = askMany(forever(), 256, { signal: over.signal }, async (seed) => {
    await ask({ prompt: { style: 'chat', messages: [{ role: 'user', content: '雪'.repeat(500) }] }, temperature: 0, topP: 1, topK: 0, repetitionPenalty: 1, maxTokens: 64, seed }, over.signal)
  }).catch(() => {})

  async function share(seconds: number, rate: number, extra = 0): Promise<Share> {
    const before = await wordOf(server)
    const began = performance.now()
    await pause(seconds * 1000)
    const after = await wordOf(server)
    const minutes = (performance.now() - began) / 60_000
    const [answered, refused] = [after.answered - before.answered, after.refused - before.refused]
    return { used: answered / (rate * minutes + extra), refused: refused / Math.max(1, answered + refused) }
  }

  const steady = await share(90, perMinute)
  await behave(server, { latencyMs, bucket: { perMinute: perMinute / 2, holds } })
  await pause(10_000)
  const halved = await share(15, perMinute / 2)
  await behave(server, { latencyMs, bucket: { perMinute: perMinute * 2, holds } })
  await pause(10_000)
  const raised = await share(15, perMinute * 2)
  over.abort(new Error('measured'))
  await asking
  return { bucketPerMinute: perMinute, bucketUsed: steady.used, bucketRefused: steady.refused, halvedUsed: halved.used, halvedRefused: halved.refused, raisedUsed: raised.used, raisedRefused: raised.refused }
}

async function behave(server: ChildProcess, behaviour: ServerBehaviour): Promise<void> {
  const heard = once(server, 'message')
  server.send(behaviour)
  await heard
}

/** The server's counts so far; its address with the first word. */
async function wordOf(server: ChildProcess) {
  const heard = once(server, 'message')
  if (server.connected && isKnown.has(server)) server.send('count')
  isKnown.add(server)
  return serverWord.parse((await heard)[0])
}

/** Servers that have said their first word, which comes unasked. */
const isKnown = new WeakSet<ChildProcess>()
