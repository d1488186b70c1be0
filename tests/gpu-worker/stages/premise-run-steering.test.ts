import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { claimNext, requestPause, requestStop } from '@/lib/queue/lease'
import type { PassageEntry } from '@/lib/stages/passages/passages'
import { pausePremises, resumePremises, setBudget, setConcurrency } from '@/lib/stages/premises/run-steering'
import { findPremiseRun } from '@/lib/stages/premises/premises'
import { savePrice } from '@/lib/stages/premises/prices'
import { expectInvariants } from '@/tests/support/invariants'
import { readJob } from '@/tests/support/jobs'
import { says, startOpenaiServer, type Asked, type Behaviour } from '@/tests/support/openai-server'
import { type CutNovels, cutNovels, goodPremise, type RunOptions, startRunOf, twoNovels } from '@/tests/support/premise-runs'
import { runNext, runNextWell } from '@/tests/support/run-next'
import { useStudio } from '@/tests/support/studio'

useStudio()
let cut: CutNovels
let passages: PassageEntry[]
beforeEach(async () => {
  await db().job.deleteMany()
  cut = await cutNovels(twoNovels())
  ;({ passages } = cut)
})

const about = (asked: Asked) => passages.find(({ text }) => asked.prompt.includes(text))?.ordinal ?? -1
/** 1,000 tokens of prompt and 100 of answer. */
const goodly: Behaviour = (asked) => says(asked, goodPremise(about(asked)), { promptTokens: 1000, completionTokens: 100 })
const start = (url: string, options: RunOptions = {}, of: Pick<CutNovels, 'projectId' | 'passageSetId'> = cut) => startRunOf(of, url, options)

const spent = async (premiseRunId: string) => (await db().premiseAnswer.aggregate({ where: { premiseRunId }, _sum: { cost: true } }))._sum.cost ?? 0

describe('a pause', () => {
  it('lets what is in flight end, holds nothing, and goes on with what is missing', async () => {
    const server = await startOpenaiServer(goodly)
    const run = await start(server.url, { sampling: { concurrency: 2 } })
    server.behave(async (asked, count) => {
      if (count === 3) await pausePremises(cut.projectId, run.id)
      // The answer comes after the worker has heard of the pause.
      if (count >= 3) await untilHeard(run.jobId)
      return goodly(asked, count)
    })
    expect(await runNext()).toMatchObject({ state: 'paused', pauseReason: 'asked', owner: null, device: null, leaseUntil: null, stopRequest: 'none', attempts: 0 })
    const before = await db().premise.count({ where: { premiseRunId: run.id } })
    expect(before).toBe(server.log.length)
    expect(before).toBeLessThan(passages.length)
    expect(await claimNext('cpu', 'another worker', null)).toBeNull()
    await expectInvariants(env().databaseUrl)

    server.behave(goodly)
    await resumePremises(cut.projectId, run.id)
    await runNextWell()
    expect(server.log.map(about).sort((a, b) => a - b)).toEqual(passages.map(({ ordinal }) => ordinal))
    await expectInvariants(env().databaseUrl)
  })

  it('of what waits is at once, can be cancelled, and is none of what has ended', async () => {
    const server = await startOpenaiServer(goodly)
    const run = await start(server.url)
    await requestPause(run.jobId)
    expect(await readJob(run.jobId)).toMatchObject({ state: 'paused', pauseReason: 'asked' })
    await requestStop(run.jobId, 'cancel')
    expect(await readJob(run.jobId)).toMatchObject({ state: 'cancelled', pauseReason: null })
    await requestPause(run.jobId)
    await resumePremises(cut.projectId, run.id)
    expect((await readJob(run.jobId)).state).toBe('cancelled')
    expect(server.log).toHaveLength(0)
  })
})

/** The heart beats every two seconds; the pause is heard when the next one has come. */
async function untilHeard(jobId: string): Promise<void> {
  const { leaseUntil } = await readJob(jobId)
  for (;;) {
    const now = await readJob(jobId)
    if (now.leaseUntil?.getTime() !== leaseUntil?.getTime()) return new Promise((resolve) => setImmediate(resolve))
  }
}

describe('a budget', () => {
  // An answer costs 1,000 × 1 + 100 × 10 millionths: 0.002.
  const price = { input: 1, output: 10 }
  it('is never exceeded, keeps everything, and can be raised and gone on with', async () => {
    const server = await startOpenaiServer(goodly)
    const run = await start(server.url, { price, budget: 0.0105, sampling: { concurrency: 3 } })
    expect(await runNext()).toMatchObject({ state: 'paused', pauseReason: 'budget' })
    const cost = await spent(run.id)
    expect(cost).toBeLessThanOrEqual(0.0105)
    expect(cost).toBeGreaterThan(0.0105 - 0.004)
    expect(await db().premise.count({ where: { premiseRunId: run.id } })).toBe(server.log.length)
    await expectInvariants(env().databaseUrl)

    // As it stands it comes no further.
    await resumePremises(cut.projectId, run.id)
    expect(await runNext()).toMatchObject({ state: 'paused', pauseReason: 'budget' })
    await setBudget(cut.projectId, run.id, 1)
    await resumePremises(cut.projectId, run.id)
    await runNextWell()
    expect(await spent(run.id)).toBeCloseTo(0.002 * passages.length)
    expect(server.log).toHaveLength(passages.length)
  })

  it('needs a price', async () => {
    const server = await startOpenaiServer(goodly)
    await expect(start(server.url, { budget: 1 })).rejects.toMatchObject({ code: 'premises.budget-without-price' })
    const run = await start(server.url)
    await expect(setBudget(cut.projectId, run.id, 1)).rejects.toMatchObject({ code: 'premises.budget-without-price' })
  })

  it('and cost are there of a run whose price is entered later', async () => {
    const server = await startOpenaiServer(goodly)
    const run = await start(server.url)
    await runNextWell()
    expect(await spent(run.id)).toBe(0)
    await savePrice({ endpointId: run.endpointId ?? '', model: 'writer', currency: 'USD', ...price })
    expect(await spent(run.id)).toBeCloseTo(0.002 * passages.length)
    expect(await findPremiseRun(cut.projectId, run.id)).toMatchObject({ currency: 'USD', inputPrice: 1, outputPrice: 10 })
    // What it has then stays, whatever the model costs later.
    await savePrice({ endpointId: run.endpointId ?? '', model: 'writer', currency: 'USD', input: 9, output: 9 })
    expect(await findPremiseRun(cut.projectId, run.id)).toMatchObject({ inputPrice: 1 })
  })
})

describe('the number of calls at once', () => {
  it('can be changed while it runs', async () => {
    const server = await startOpenaiServer(goodly)
    const run = await start(server.url)
    let open: () => void = () => {}
    const together = new Promise<void>((resolve) => {
      open = resolve
    })
    server.behave(async (asked, count) => {
      if (count === 1) await setConcurrency(cut.projectId, run.id, 4)
      // Of the questions from the second on, none is answered before four are open.
      if (count >= 4) open()
      if (count >= 1) await together
      return goodly(asked, count)
    })
    await runNextWell()
    expect(server.mostInFlight()).toBe(4)
  })
})
