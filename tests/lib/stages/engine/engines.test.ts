import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { insertJob } from '@/lib/queue/enqueue'
import { claimNext } from '@/lib/queue/lease'
import { changeEngine, closeEnginesOf, engineOwners, findEngine, keepLoad, putEngine, requestEngineStop } from '@/lib/stages/engine/engine-row'
import { engineFigures, listEngines } from '@/lib/stages/engine/engines'
import { makeProject } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()

const device = 'host/cpu'
const model = { modelDirectory: '/models/a', servedName: '夜航', sha256: 'a'.repeat(64), context: 4096, adapterRank: 0, tensorParallel: 1, dataParallel: 1, deaths: 0 }
const load = { requestsRunning: 3, requestsWaiting: 1, cacheUse: 0.5, promptRate: 10, answerRate: 20 }

describe('what is known of a device’s engine', () => {
  it('is told by the one that runs there now: a late word of the one before changes nothing', async () => {
    const before = { device, owner: 'host:1:1', runId: randomUUID() }
    const now = { device, owner: 'host:1:1', runId: randomUUID() }
    await putEngine({ ...before, ...model })
    await putEngine({ ...now, ...model })
    await changeEngine(before, { state: 'failed', error: new MolianError('engine.died', { code: 1, reason: 'late' }) })
    await keepLoad(before, load)
    expect(await findEngine(device)).toMatchObject({ state: 'starting', errorCode: null, requestsRunning: 0 })
    await changeEngine(now, { state: 'ready', readyAt: new Date() })
    await keepLoad(now, load)
    expect(await engineFigures(device)).toEqual({ device, ...load })
    await requestEngineStop(device)
    expect(await findEngine(device)).toMatchObject({ stopRequested: true })
    await changeEngine(now, { state: 'failed', error: new MolianError('engine.died', { code: 1, reason: 'out of room' }), deaths: 2 })
    expect(await findEngine(device)).toMatchObject({ state: 'failed', errorCode: 'engine.died', errorText: expect.stringContaining('out of room'), deaths: 2, requestsRunning: 0, answerRate: 0 })
  })

  it('names the jobs that use it, and says when its worker is not heard of any more', async () => {
    const id = { device, owner: 'host:1:1', runId: randomUUID() }
    await putEngine({ ...id, ...model })
    await changeEngine(id, { state: 'ready' })
    const projectId = await makeProject()
    const job = await db().$transaction((tx) => insertJob(tx, { name: 'write-stories', projectId, subjectId: randomUUID(), writer: { kind: 'engine', modelId: randomUUID() }, idempotencyKey: randomUUID() }))
    await claimNext('gpu', 'host:1:1', device)
    expect(await listEngines()).toMatchObject([{ shown: 'ready', users: [{ id: job.id }] }])
    expect(await listEngines(new Date(Date.now() + 120_000))).toMatchObject([{ shown: 'lost' }])
  })

  it('is put right after the death of its worker', async () => {
    expect(await engineOwners()).toEqual(['host:1:1'])
    expect(await closeEnginesOf(['host:2:2'])).toBe(0)
    expect(await closeEnginesOf(['host:1:1'])).toBe(1)
    expect(await listEngines(new Date(Date.now() + 120_000))).toMatchObject([{ shown: 'stopped', endedAt: expect.any(Date) }])
  })
})
