import { createHash, randomUUID } from 'node:crypto'
import { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import { db, type Tx } from '@/lib/db'
import { announce } from '@/lib/events'
import type { Job } from '@/lib/generated/prisma/client'
import { log } from '@/lib/log'
import { ringingConnection } from '@/lib/queue/connection'
import { laneOf, type Bell, type JobName } from '@/lib/queue/jobs'
import { requeue } from '@/lib/queue/lease'

/** The engine with one model, with which other such jobs can be side by side; with several, one after another (null); or somebody elsewhere. */
export type JobWriter = { kind: 'engine'; modelId: string | null } | { kind: 'endpoint' }

type NewJob = {
  name: JobName
  /** Null for what belongs to the whole studio. */
  projectId: string | null
  subjectId: string
  /** Who writes, where somebody does. */
  writer?: JobWriter
  /** Same key, same work: a second click finds the first one's job. */
  idempotencyKey: string
}

/** Inserts the job's row inside the caller's transaction. Ring with `ring(job)` after the commit. */
export async function insertJob(tx: Tx, job: NewJob): Promise<Job> {
  const row = await tx.job.create({
    data: {
      name: job.name,
      projectId: job.projectId,
      subjectId: job.subjectId,
      lane: laneOf(job.name, job.writer?.kind),
      engineModelId: job.writer?.kind === 'engine' ? job.writer.modelId : null,
      idempotencyKey: job.idempotencyKey,
    },
  })
  await announce(tx, { project: job.projectId, topic: 'job', id: row.id })
  return row
}

/** A key for "this work with these inputs and settings"; object keys are sorted so that their order does not matter. */
export function workKey(...parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts, sorted)).digest('hex')
}

function sorted(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/**
 * Starts a run once per key: a known key finds its run again, put back into the queue if it had failed or been
 * cancelled; a new key makes row and job in one transaction. Rings after the commit.
 */
export async function startOnce<T>(
  idempotencyKey: string,
  find: (subjectId: string) => Promise<T>,
  create: (tx: Tx, subjectId: string) => Promise<{ job: Job; run: T }>,
): Promise<T> {
  const known = await db().job.findUnique({ where: { idempotencyKey } })
  if (known) {
    const again = known.state === 'failed' || known.state === 'cancelled' ? await requeue(known.id) : null
    if (again) await ring(again)
    return find(known.subjectId)
  }
  try {
    const { job, run } = await db().$transaction((tx) => create(tx, randomUUID()))
    await ring(job)
    return run
  } catch (error) {
    // Two clicks at once: the other one made it.
    const made = await db().job.findUnique({ where: { idempotencyKey } })
    if (made) return find(made.subjectId)
    throw error
  }
}

let connection: Redis | undefined
let connecting: Promise<void> | undefined
const queues = new Map<string, Queue<Bell>>()

/** The BullMQ queue on which a lane's bells hang. */
export function queueName(lane: 'cpu' | 'gpu'): string {
  return `molian-${lane}`
}

/**
 * Rings for a queued job; a bell that still hangs is not hung twice. One that cannot be rung is not an error: the sweep
 * rings for every row without one.
 */
export async function ring(job: Pick<Job, 'id' | 'lane'>): Promise<boolean> {
  try {
    connection ??= ringingConnection()
    // Bells rung together share the first one's connecting, because nothing may be sent before it is done.
    if (connection.status === 'wait') connecting = connection.connect()
    await connecting?.catch(() => {})
    let queue = queues.get(job.lane)
    if (!queue) {
      queue = new Queue<Bell>(queueName(job.lane), { connection, skipWaitingForReady: true })
      queue.on('error', () => {})
      queues.set(job.lane, queue)
    }
    await queue.add('bell', { jobId: job.id }, { jobId: job.id, attempts: 1, removeOnComplete: true, removeOnFail: true })
    await db().$executeRaw`UPDATE job SET rung_at = now() WHERE id = ${job.id}::uuid AND state = 'queued'`
    return true
  } catch (error) {
    log.warn({ err: error, job: job.id }, 'the bell could not be rung; the sweep will')
    return false
  }
}

export async function closeQueues(): Promise<void> {
  await Promise.all([...queues.values()].map((queue) => queue.close().catch(() => {})))
  queues.clear()
  connection?.disconnect()
  connection = undefined
  connecting = undefined
}
