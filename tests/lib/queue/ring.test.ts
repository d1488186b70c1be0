import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { env } from '@/lib/env'
import { queueName, ring, workKey } from '@/lib/queue/enqueue'
import { laneOf } from '@/lib/queue/jobs'
import { makeJob, readJob } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()
let redis: Redis
let queue: Queue
beforeAll(() => {
  redis = new Redis(env().redisUrl, { maxRetriesPerRequest: null })
  queue = new Queue(queueName('cpu'), { connection: redis })
})
afterAll(async () => {
  await queue.close()
  redis.disconnect()
})

test('a bell carries an id and nothing else, and one that still hangs is not hung twice', async () => {
  const job = await makeJob()
  expect(await Promise.all(Array.from({ length: 10 }, () => ring(job)))).toEqual(Array.from({ length: 10 }, () => true))
  const bells = await queue.getJobs(['waiting', 'active', 'delayed'])
  expect(bells.map(({ data }) => data)).toEqual([{ jobId: job.id }])
  expect((await readJob(job.id)).rungAt).not.toBeNull()
})

test('the lane follows from what a job needs', () => {
  expect(laneOf('train-adapter')).toBe('gpu')
  expect(laneOf('write-stories', 'engine')).toBe('gpu')
  expect(laneOf('write-stories', 'endpoint')).toBe('cpu')
  expect(laneOf('make-submission')).toBe('cpu')
})

test('the same work has the same key in whatever order its settings stand', () => {
  expect(workKey('train', { a: 1, b: { c: 2, d: [3] } })).toBe(workKey('train', { b: { d: [3], c: 2 }, a: 1 }))
  expect(workKey('train', { a: 1 })).not.toBe(workKey('train', { a: 2 }))
})
