import { randomUUID } from 'node:crypto'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { listen } from '@/lib/events'
import type { Job } from '@/lib/generated/prisma/client'
import { insertJob } from '@/lib/queue/enqueue'
import type { JobName } from '@/lib/queue/jobs'

export async function makeProject(): Promise<string> {
  const { id } = await db().project.create({ data: { name: `Project ${randomUUID()}` } })
  return id
}

/** A queued job without a subject row: enough for everything that looks at jobs alone. */
export async function makeJob(name: JobName = 'make-submission', projectId?: string): Promise<Job> {
  const project = projectId ?? (await makeProject())
  return db().$transaction((tx) => insertJob(tx, { name, projectId: project, subjectId: randomUUID(), idempotencyKey: randomUUID() }))
}

export async function readJob(id: string): Promise<Job> {
  return db().job.findUniqueOrThrow({ where: { id } })
}

/** Resolves with the job as soon as it is as `isSo` says; woken by what the database announces, not by a clock. */
export async function untilJob(id: string, isSo: (job: Job) => boolean, limitMs = 60_000): Promise<Job> {
  let look = () => {}
  const listener = await listen(env().databaseUrl, () => look(), () => look())
  let last: Job | undefined
  try {
    return await new Promise<Job>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`The job did not get there within ${limitMs} ms: ${describe(last)}`)), limitMs)
      look = () => {
        readJob(id).then((job) => {
          last = job
          if (!isSo(job)) return
          clearTimeout(timer)
          resolve(job)
          // While PostgreSQL is restarted it cannot be asked; the reconnect asks again.
        }, () => {})
      }
      look()
    })
  } finally {
    await listener.close()
  }
}

function describe(job: Job | undefined): string {
  return job ? JSON.stringify({ state: job.state, phase: job.phase, done: job.progressDone, total: job.progressTotal, attempts: job.attempts, error: job.errorText }) : 'not read yet'
}

export const hasEnded = (job: Job) => job.state === 'succeeded' || job.state === 'failed' || job.state === 'cancelled'

/** Waits for the job's end and throws with its reason unless it has succeeded. */
export async function untilSucceeded(id: string, limitMs?: number): Promise<Job> {
  const job = await untilJob(id, hasEnded, limitMs)
  if (job.state !== 'succeeded') throw new Error(`Job ${job.name} ${job.state}: ${job.errorText}`)
  return job
}
