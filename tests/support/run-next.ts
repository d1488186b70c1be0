import '@/bin/quiet-log'
import { handlers } from '@/gpu-worker/handlers'
import { runJob } from '@/gpu-worker/run-job'
import type { Job } from '@/lib/generated/prisma/client'
import { claimNext } from '@/lib/queue/lease'
import { readJob } from '@/tests/support/jobs'

/** Claims the oldest queued job of the cpu lane and runs it to its end in this process, by the worker's own code. */
export async function runNext(): Promise<Job> {
  const job = await claimNext('cpu', 'this test', null)
  if (!job) throw new Error('No job is queued')
  await runJob(job, handlers).ended
  return readJob(job.id)
}

/** The same for a job that must succeed. */
export async function runNextWell(): Promise<Job> {
  const job = await runNext()
  if (job.state !== 'succeeded') throw new Error(`Job ${job.name} ${job.state}: ${job.errorText}`)
  return job
}

/** Writes the stories of a queued run, and scores them, which follows by itself. */
export async function runStoriesWell(): Promise<void> {
  await runNextWell()
  await runNextWell()
}
