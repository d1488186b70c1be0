import { Worker } from 'bullmq'
import { log } from '@/lib/log'
import { hearingConnection } from '@/lib/queue/connection'
import { queueName } from '@/lib/queue/enqueue'
import { bellSchema, type Bell } from '@/lib/queue/jobs'
import type { Lane } from '@/gpu-worker/lane'

export type Bells = { close(limitMs: number): Promise<void> }

/** Wakes the lane at every bell. A bell is held while the lane works, so that the next one goes to a worker with a free slot. */
export function hearBells(lane: Lane, slots: number): Bells {
  const connection = hearingConnection()
  const worker = new Worker<Bell>(
    queueName(lane.name),
    async (bell) => {
      const { jobId } = bellSchema.parse(bell.data)
      log.debug({ job: jobId, lane: lane.name }, 'bell')
      await lane.runNext()
    },
    // A bell that stalls is just rung again; what is counted is counted in PostgreSQL.
    { connection, concurrency: slots, maxStalledCount: 1_000_000, removeOnComplete: { count: 0 }, removeOnFail: { count: 0 }, autorun: true },
  )
  let lastError = ''
  worker.on('error', (error) => {
    if (error.message !== lastError) log.warn({ err: error, lane: lane.name }, 'the queue is away; the sweep wakes the lane meanwhile')
    lastError = error.message
  })
  return {
    async close(limitMs) {
      const closed = worker.close().catch(() => {})
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, limitMs).unref())])
      connection.disconnect()
    },
  }
}
