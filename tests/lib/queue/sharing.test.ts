import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import type { Job } from '@/lib/generated/prisma/client'
import { insertJob } from '@/lib/queue/enqueue'
import { claimNext, finish } from '@/lib/queue/lease'
import { expectInvariants } from '@/tests/support/invariants'
import { makeJob, makeProject, readJob } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()
afterEach(async () => {
  await expectInvariants(env().databaseUrl)
  await db().project.deleteMany()
})

const one = randomUUID()
const other = randomUUID()
const here = 'host/cpu'

async function wanting(modelId: string | null): Promise<Job> {
  const projectId = await makeProject()
  return db().$transaction((tx) => insertJob(tx, { name: 'write-stories', projectId, subjectId: randomUUID(), writer: { kind: 'engine', modelId }, idempotencyKey: randomUUID() }))
}

const claim = (owner = 'host:1:1', device = here) => claimNext('gpu', owner, device)
const end = (job: Pick<Job, 'id' | 'epoch'>) => finish({ jobId: job.id, epoch: job.epoch }, { state: 'succeeded', result: {} })

describe('jobs that want the engine with one model', () => {
  it('run side by side on a device, and none that wants another model or the device beside them', async () => {
    const [a, b] = [await wanting(one), await wanting(one)]
    const c = await wanting(other)
    expect((await claim())?.id).toBe(a.id)
    expect((await claim())?.id).toBe(b.id)
    expect(await claim()).toBeNull()
    await end(await readJob(a.id))
    expect(await claim()).toBeNull()
    await end(await readJob(b.id))
    expect((await claim())?.id).toBe(c.id)
  })

  it('do not overtake what waits for the device before them', async () => {
    const a = await wanting(one)
    const training = await makeJob('train-adapter')
    const b = await wanting(one)
    expect((await claim())?.id).toBe(a.id)
    expect(await claim()).toBeNull()
    await end(await readJob(a.id))
    expect((await claim())?.id).toBe(training.id)
    expect(await claim()).toBeNull()
    await end(await readJob(training.id))
    expect((await claim())?.id).toBe(b.id)
  })

  it('do not share with one that wants several models one after another', async () => {
    const [a, b] = [await wanting(null), await wanting(one)]
    expect((await claim())?.id).toBe(a.id)
    expect(await claim()).toBeNull()
    await end(await readJob(a.id))
    expect((await claim())?.id).toBe(b.id)
  })

  it('share the engine of one worker: another worker of the device has none, another device takes them', async () => {
    const [a, b] = [await wanting(one), await wanting(one)]
    expect((await claim('host:1:1'))?.id).toBe(a.id)
    expect(await claim('host:2:1')).toBeNull()
    expect((await claim('far:1:1', 'far/cpu'))?.id).toBe(b.id)
  })

  it('stay apart from all others however many claim at once', async () => {
    const jobs = await Promise.all(Array.from({ length: 30 }, (_, at) => (at % 5 === 0 ? makeJob('train-adapter') : wanting(at % 2 ? one : other))))
    const left = new Set(jobs.map(({ id }) => id))
    let most = 0
    const work = async (device: string, owner: string) => {
      while (left.size > 0) {
        const job = await claim(owner, device)
        const running = await db().$queryRaw<{ uses: number; jobs: number }[]>`
          SELECT count(DISTINCT coalesce(engine_model_id, id))::int AS uses, count(*)::int AS jobs FROM job WHERE state = 'running' GROUP BY device`
        for (const each of running) expect(each.uses).toBe(1)
        most = Math.max(most, ...running.map((each) => each.jobs))
        if (!job) continue
        expect(left.delete(job.id)).toBe(true)
        await end(job)
      }
    }
    await Promise.all([...Array.from({ length: 4 }, () => work('host/a', 'host:1:1')), ...Array.from({ length: 4 }, () => work('host/b', 'host:2:1')), work('host/b', 'host:3:1')])
    expect(await db().job.count({ where: { state: 'succeeded' } })).toBe(30)
    expect(most).toBeGreaterThan(0)
  })
})
