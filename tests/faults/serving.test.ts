import { afterEach, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { resolveModel } from '@/lib/stages/models'
import { keyOf, startServing, stopServing } from '@/lib/stages/engine/servings'
import { markedProcesses } from '@/gpu-worker/process/marked'
import { expectInvariants } from '@/tests/support/invariants'
import { hasEnded, makeJob, untilJob } from '@/tests/support/jobs'
import { smallModel } from '@/tests/support/small-model'
import { useStudio } from '@/tests/support/studio'
import { startTestWorker, type TestWorker } from '@/tests/support/worker'

useStudio()
let worker: TestWorker | undefined
afterEach(async () => {
  await worker?.stop()
  worker = undefined
})

const limitMs = 240_000

test('a served model outlives its worker’s death at its own address, lets nothing overtake a waiting training, and gives way when it is told to', async () => {
  const model = await resolveModel(await smallModel())
  const { id } = await startServing({ modelId: model.id })
  const { jobId } = await db().serving.findUniqueOrThrow({ where: { id } })
  const key = await keyOf(id)
  const isServed = (job: { state: string; phase: string | null }) => job.state === 'running' && job.phase === 'serving'
  const address = async () => {
    const { port, servedNames } = await db().serving.findUniqueOrThrow({ where: { id } })
    expect(servedNames).toEqual([model.name])
    return `http://127.0.0.1:${port}/v1`
  }
  async function write(at: string): Promise<number> {
    const response = await fetch(`${at}/completions`, {
      method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: JSON.stringify({ model: model.name, prompt: '江上有雪，', max_tokens: 4, ignore_eos: true }),
    })
    return response.status
  }

  worker = await startTestWorker()
  const workers = [worker.pid]
  const left = async () => (await markedProcesses()).filter(({ owner }) => workers.some((pid) => owner.includes(`:${pid}:`)))
  await untilJob(jobId, isServed, limitMs)
  const first = await address()
  expect(await write(first)).toBe(200)
  const count = () => db().serving.findUniqueOrThrow({ where: { id }, select: { requests: true, completionTokens: true, inFlight: true } })
  await expect.poll(count, { timeout: 20_000 }).toEqual({ requests: 1, completionTokens: 4n, inFlight: 0 })

  await worker.kill()
  await expect.poll(left, { timeout: 30_000 }).toEqual([])
  await expect(write(first)).rejects.toThrow()
  worker = await startTestWorker()
  workers.push(worker.pid)
  await untilJob(jobId, (job) => job.epoch === 2 && isServed(job), limitMs)
  expect(await address()).toBe(first)
  expect(await write(first)).toBe(200)
  await expect.poll(async () => (await count()).requests, { timeout: 20_000 }).toBe(2)
  expect(await db().engine.findFirstOrThrow()).toMatchObject({ state: 'ready', servedName: model.name, idleUntil: null })

  // It waits: its subject is not there, so that it fails as soon as it is begun.
  const training = await makeJob('train-adapter')
  expect((await untilJob(training.id, () => true)).state).toBe('queued')
  await stopServing(id)
  expect(await untilJob(jobId, hasEnded, limitMs)).toMatchObject({ state: 'cancelled' })
  expect((await untilJob(training.id, hasEnded, limitMs)).state).toBe('failed')
  await expect(write(first)).rejects.toThrow()
  // The training had the device to itself: the engine ended before it began.
  expect(await left()).toEqual([])
  await expect.poll(() => db().engine.findFirstOrThrow(), { timeout: 20_000 }).toMatchObject({ state: 'stopped' })
  await expectInvariants(env().databaseUrl)
})
