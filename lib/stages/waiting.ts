import { db } from '@/lib/db'
import type { Job, Lane } from '@/lib/generated/prisma/client'
import { type JobWithProject, listJobs } from '@/lib/stages/jobs'

/** The ids of all waiting jobs in the order in which they are taken, by lane, and what runs. */
export type Queue = { waiting: Readonly<Record<Lane, readonly string[]>>; running: readonly JobWithProject[] }

/**
 * What a queued job waits for: so many `ahead` of it in its lane, and those that run there. With neither it is next;
 * `stuck` is next and has not been taken for longer than a worker takes to look.
 */
export type Wait = { ahead: number; behind: number; running: readonly JobWithProject[]; stuck: boolean }

/** A worker that lives takes a job within a second or two of its bell, and the sweep rings every few seconds. */
const patienceMs = 30_000

export async function readQueue(): Promise<Queue> {
  const [queued, running] = await Promise.all([
    db().job.findMany({ where: { state: 'queued' }, orderBy: [{ queuePlace: 'asc' }, { id: 'asc' }], select: { id: true, lane: true } }),
    listJobs(['running']),
  ])
  const idsOf = (lane: Lane) => queued.filter((job) => job.lane === lane).map(({ id }) => id)
  return { waiting: { cpu: idsOf('cpu'), gpu: idsOf('gpu') }, running }
}

/** Null for a job that does not wait, or no longer does. */
export function waitOf(job: Pick<Job, 'id' | 'lane' | 'queuedAt'>, queue: Queue, now: Date = new Date()): Wait | null {
  const line = queue.waiting[job.lane]
  const ahead = line.indexOf(job.id)
  if (ahead < 0) return null
  const running = queue.running.filter(({ lane }) => lane === job.lane)
  const stuck = ahead === 0 && running.length === 0 && now.getTime() - job.queuedAt.getTime() > patienceMs
  return { ahead, behind: line.length - ahead - 1, running, stuck }
}
