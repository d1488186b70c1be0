import { afterEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { MolianError } from '@/lib/errors'
import { claimNext, finish, firstQueued, requeue } from '@/lib/queue/lease'
import { type Move, moveJob } from '@/lib/queue/order'
import { listJobs } from '@/lib/stages/jobs'
import { readQueue, waitOf } from '@/lib/stages/waiting'
import { expectInvariants } from '@/tests/support/invariants'
import { makeJob, makeProject } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()

afterEach(async () => {
  await expectInvariants(env().databaseUrl)
  await db().project.deleteMany()
})

/** Waiting jobs of the device's lane, known by letters. */
async function queueOf(letters: string) {
  const jobs = new Map<string, string>()
  for (const letter of letters) jobs.set(letter, (await makeJob('train-adapter')).id)
  const letterOf = new Map([...jobs].map(([letter, id]) => [id, letter]))
  return {
    id: (letter: string) => jobs.get(letter) ?? '',
    move: (letter: string, move: Move) => moveJob(jobs.get(letter) ?? '', move),
    order: async () => (await readQueue()).waiting.gpu.map((id) => letterOf.get(id) ?? '?').join(''),
    async claimAll() {
      let claimed = ''
      for (let job = await claimNext('gpu', 'host:1:1', 'host/cpu'); job; job = await claimNext('gpu', 'host:1:1', 'host/cpu')) {
        claimed += letterOf.get(job.id) ?? '?'
        await finish({ jobId: job.id, epoch: job.epoch }, { state: 'failed', error: new MolianError('internal', {}) })
      }
      return claimed
    },
  }
}

describe('the queue', () => {
  it.each([
    ['c', 'up', 'acbd'],
    ['c', 'down', 'abdc'],
    ['c', 'front', 'cabd'],
    ['a', 'up', 'abcd'],
    ['a', 'front', 'abcd'],
    ['d', 'down', 'abcd'],
  ] as const)('of a, b, c and d after %s goes %s is %s, and workers take it so, whatever fails', async (letter, move, order) => {
    const queue = await queueOf('abcd')
    expect(await queue.move(letter, move)).toBe(true)
    expect(await queue.order()).toBe(order)
    expect((await listJobs(['queued'])).map(({ id }) => id)).toEqual([...order].map(queue.id))
    expect((await firstQueued('gpu'))?.id).toBe(queue.id(order[0] ?? ''))
    expect(await queue.claimAll()).toBe(order)
  })

  it('keeps apart what came in the same moment, and puts what comes or comes back later behind all of it', async () => {
    const queue = await queueOf('abcd')
    await db().job.updateMany({ data: { queuePlace: 1_000 } })
    const before = await queue.order()
    expect(await moveJob(queue.id(before[3] ?? ''), 'front')).toBe(true)
    expect(await queue.order()).toBe(`${before[3]}${before.slice(0, 3)}`)
    await db().job.update({ where: { id: queue.id('b') }, data: { state: 'failed', finishedAt: new Date(), errorCode: 'internal', errorText: 'x' } })
    await requeue(queue.id('b'))
    const later = await makeJob('merge-adapter')
    expect((await readQueue()).waiting.gpu.slice(-2)).toEqual([queue.id('b'), later.id])
  })

  it('has an order for each lane, and moves nothing that does not wait', async () => {
    const queue = await queueOf('ab')
    const other = await makeJob('make-submission')
    expect(await moveJob(other.id, 'front')).toBe(true)
    expect(await queue.order()).toBe('ab')
    await db().job.update({ where: { id: queue.id('b') }, data: { state: 'cancelled', finishedAt: new Date() } })
    expect(await queue.move('b', 'front')).toBe(false)
    expect(await moveJob('00000000-0000-7000-8000-000000000000', 'up')).toBe(false)
  })

  it('holds its order under moves and claims that come at once', async () => {
    const queue = await queueOf('abcdef')
    const moves = ['up', 'down', 'front'] as const
    await Promise.all([...'abcdef', ...'fedcba'].map((letter, at) => queue.move(letter, moves[at % 3] ?? 'up')))
    const places = await db().job.findMany({ select: { queuePlace: true } })
    expect(new Set(places.map(({ queuePlace }) => queuePlace)).size).toBe(6)
    expect([...(await queue.claimAll())].sort().join('')).toBe('abcdef')
  })
})

describe('what a waiting job waits for', () => {
  it('is what runs in its lane and those before it; the first of an idle lane is next', async () => {
    const projectId = await makeProject()
    const [running, first, second] = [await makeJob('train-adapter', projectId), await makeJob('merge-adapter', projectId), await makeJob('train-adapter', projectId)]
    const idle = await readQueue()
    expect(waitOf(running, idle)).toEqual({ ahead: 0, behind: 2, running: [], stuck: false })
    expect(waitOf(running, idle, new Date(Date.now() + 60_000))).toMatchObject({ stuck: true })
    const claimed = await claimNext('gpu', 'host:1:1', 'host/cpu')
    const busy = await readQueue()
    expect(waitOf(running, busy)).toBeNull()
    expect(waitOf(first, busy, new Date(Date.now() + 60_000))).toMatchObject({ ahead: 0, behind: 1, running: [{ id: running.id }], stuck: false })
    expect(waitOf(second, busy)).toMatchObject({ ahead: 1, behind: 0 })
    expect(waitOf(await makeJob('make-submission', projectId), await readQueue())).toMatchObject({ ahead: 0, running: [] })
    if (claimed) await finish({ jobId: claimed.id, epoch: claimed.epoch }, { state: 'cancelled' })
  })
})
