import { db, type Tx } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import { Prisma, type Job, type PauseReason, type StopRequest } from '@/lib/generated/prisma/client'
import type { Phase } from '@/lib/queue/phases'

/** Seconds without a heartbeat after which a running job is anybody's. By the database's clock. */
export const leaseSeconds = 20

/** One attempt of one job by one worker; every write it makes carries these two. */
export type Claim = { jobId: string; epoch: number }

/** Thrown by a handler that has let what was in flight end and now waits for a person: its job is paused, not over. */
export class Paused extends Error {
  override readonly name = 'Paused'

  constructor(readonly why: PauseReason) {
    super(`Paused: ${why}`)
  }
}

/** Thrown inside an attempt that no longer owns its job; nothing it does may be written. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

/**
 * Takes the first waiting job of the lane, if there is one and the device is free for it: free of others, or used by none but jobs that
 * want the same worker's engine with the same model. Only the first may join those, so that what waits for the device itself is not overtaken for ever.
 * The constraint job_one_use_per_device makes this true between workers, too.
 */
export async function claimNext(lane: 'cpu' | 'gpu', owner: string, device: string | null): Promise<Job | null> {
  try {
    return await db().$transaction(async (tx) => {
      const rows = await tx.$queryRaw<{ id: string }[]>`
        UPDATE job SET state = 'running', epoch = epoch + 1, attempts = attempts + 1, owner = ${owner},
          device = ${device}, lease_until = now() + make_interval(secs => ${leaseSeconds}),
          started_at = coalesce(started_at, now()), finished_at = NULL,
          phase = NULL, phase_at = now(), phase_done = progress_done
        WHERE id = (SELECT head.id FROM
          (SELECT id, coalesce(engine_model_id, id) AS use FROM job WHERE lane = ${lane}::"Lane" AND state = 'queued' ORDER BY queue_place, id LIMIT 1 FOR UPDATE SKIP LOCKED) head
          WHERE NOT EXISTS (SELECT 1 FROM job busy WHERE busy.device = ${device} AND busy.state = 'running'
            AND (busy.owner <> ${owner} OR coalesce(busy.engine_model_id, busy.id) <> head.use)))
        RETURNING id`
      const id = rows[0]?.id
      if (!id) return null
      const job = await tx.job.findUniqueOrThrow({ where: { id } })
      await announce(tx, { project: job.projectId, topic: 'job', id })
      return job
    })
  } catch (error) {
    if (isTaken(error)) return null
    throw error
  }
}

/** Renews the lease and learns what is asked of the attempt; null when the claim is no longer the attempt's own. */
export async function heartbeat(claim: Claim): Promise<StopRequest | null> {
  const rows = await db().$queryRaw<{ stop_request: StopRequest }[]>`
    UPDATE job SET lease_until = now() + make_interval(secs => ${leaseSeconds})
    WHERE id = ${claim.jobId}::uuid AND epoch = ${claim.epoch} AND state = 'running'
    RETURNING stop_request`
  return rows[0]?.stop_request ?? null
}

/** Runs `write` in one transaction that holds the claim; throws LeaseLost, writing nothing, when the claim is stale. */
export async function fenced<T>(claim: Claim, write: (tx: Tx) => Promise<T>): Promise<T> {
  return db().$transaction(async (tx) => {
    const held = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM job WHERE id = ${claim.jobId}::uuid AND epoch = ${claim.epoch} AND state = 'running' FOR SHARE`
    if (held.length === 0) throw new LeaseLost(`Job ${claim.jobId} is no longer in epoch ${claim.epoch}`)
    return write(tx)
  })
}

export type Progress = { done: number; total: number; phase?: Phase }

/** Progress of an attempt; a new phase begins its own clock, since what came before says nothing of its speed. */
export async function reportProgress(claim: Claim, progress: Progress): Promise<void> {
  const phase = progress.phase ?? null
  const rows = await db().$queryRaw<{ project_id: string | null }[]>`
    UPDATE job SET progress_done = ${progress.done}, progress_total = ${progress.total}, phase = ${phase}::text,
      phase_at = CASE WHEN phase IS DISTINCT FROM ${phase}::text THEN now() ELSE coalesce(phase_at, now()) END,
      phase_done = CASE WHEN phase IS DISTINCT FROM ${phase}::text THEN ${progress.done}::int ELSE phase_done END
    WHERE id = ${claim.jobId}::uuid AND epoch = ${claim.epoch} AND state = 'running' RETURNING project_id`
  const row = rows[0]
  if (!row) throw new LeaseLost(`Job ${claim.jobId} is no longer in epoch ${claim.epoch}`)
  await announce(db(), { project: row.project_id, topic: 'job', id: claim.jobId })
}

export type Ending =
  | { state: 'succeeded'; result: Prisma.InputJsonObject }
  | { state: 'failed'; error: MolianError }
  | { state: 'cancelled' }
  /** Without owner, lease or device until a person has it gone on with. */
  | { state: 'paused'; why: PauseReason }
  /** Put back for another attempt: the worker is going away, the work is not. */
  | { state: 'queued' }
  /** Put back because what it worked with broke down; the attempt counts. */
  | { state: 'again' }

/** Ends the attempt in one conditional update; false when the claim was stale and nothing was changed. */
export async function finish(claim: Claim, ending: Ending): Promise<boolean> {
  const common = { owner: null, device: null, leaseUntil: null }
  const terminal = { ...common, finishedAt: new Date() }
  const data: Prisma.JobUpdateManyMutationInput = (() => {
    switch (ending.state) {
      case 'succeeded':
        return { ...terminal, state: 'succeeded' as const, result: ending.result, phase: null, ...noError }
      case 'failed':
        return { ...terminal, state: 'failed' as const, ...errorColumns(ending.error) }
      case 'cancelled':
        return { ...terminal, state: 'cancelled' as const, phase: null }
      case 'paused':
        // As with a worker that goes away: nothing has failed.
        return { ...common, state: 'paused' as const, pauseReason: ending.why, stopRequest: 'none' as const, attempts: { decrement: 1 } }
      case 'queued':
        // A worker that goes away in good order has not failed: its attempt is given back.
        return { ...common, state: 'queued' as const, rungAt: null, attempts: { decrement: 1 } }
      case 'again':
        return { ...common, state: 'queued' as const, rungAt: null }
    }
  })()
  return db().$transaction(async (tx) => {
    const mine = { id: claim.jobId, epoch: claim.epoch, state: 'running' as const }
    const cancelled = { ...terminal, state: 'cancelled' as const, phase: null }
    const paused = { ...common, state: 'paused' as const, pauseReason: 'asked' as const, stopRequest: 'none' as const, attempts: { decrement: 1 } }
    // A cancel or pause that came while the worker was going away does not wait for the next worker.
    const goesBack = ending.state === 'queued' || ending.state === 'again'
    const leaves = goesBack || ending.state === 'paused'
    const { count: late } = leaves ? await tx.job.updateMany({ where: { ...mine, stopRequest: 'cancel' }, data: cancelled }) : { count: 0 }
    const { count: held } = goesBack ? await tx.job.updateMany({ where: { ...mine, stopRequest: 'pause' }, data: paused }) : { count: 0 }
    const { count } = await tx.job.updateMany({ where: mine, data })
    if (count + late + held === 0) return false
    const { projectId } = await tx.job.findUniqueOrThrow({ where: { id: claim.jobId }, select: { projectId: true } })
    await announce(tx, { project: projectId, topic: 'job', id: claim.jobId })
    return true
  })
}

const noError = { errorCode: null, errorText: null, errorParams: Prisma.DbNull }

function freshly() {
  return { state: 'queued' as const, attempts: 0, stopRequest: 'none' as const, pauseReason: null, rungAt: null, ...asLast(), startedAt: null, finishedAt: null, ...noError }
}

/** Queued now, behind all that waits. */
function asLast() {
  const now = new Date()
  return { queuedAt: now, queuePlace: now.getTime() }
}

function errorColumns(error: MolianError): { errorCode: string; errorParams: Prisma.InputJsonObject; errorText: string } {
  return { errorCode: error.code, errorParams: error.params, errorText: error.message }
}

/**
 * Asks a job to stop: at once when it is queued, through its worker's heartbeat when it runs. What waits for another
 * attempt may already have something to keep: then `keep` leaves it queued, and the next attempt ends it.
 */
export async function requestStop(jobId: string, request: 'cancel' | 'keep'): Promise<void> {
  await db().$transaction(async (tx) => {
    const waiting = await tx.job.updateMany({
      where: { id: jobId, state: { in: ['queued', 'paused'] }, ...(request === 'keep' ? { epoch: 0 } : {}) },
      data: { state: 'cancelled', pauseReason: null, finishedAt: new Date() },
    })
    if (waiting.count === 0) {
      await tx.job.updateMany({ where: { id: jobId, state: { in: ['queued', 'running'] } }, data: { stopRequest: request } })
    }
    const job = await tx.job.findUnique({ where: { id: jobId }, select: { projectId: true } })
    if (!job) throw new MolianError('job.missing', { job: jobId })
    await announce(tx, { project: job.projectId, topic: 'stop', id: jobId })
    await announce(tx, { project: job.projectId, topic: 'job', id: jobId })
  })
}

/** Pauses a job: at once when it is queued, through its worker's heartbeat when it runs. Any other is left as it is. */
export async function requestPause(jobId: string): Promise<void> {
  await db().$transaction(async (tx) => {
    const waiting = await tx.job.updateMany({ where: { id: jobId, state: 'queued' }, data: { state: 'paused', pauseReason: 'asked' } })
    if (waiting.count === 0) await tx.job.updateMany({ where: { id: jobId, state: 'running', stopRequest: 'none' }, data: { stopRequest: 'pause' } })
    const job = await tx.job.findUnique({ where: { id: jobId }, select: { projectId: true } })
    if (!job) throw new MolianError('job.missing', { job: jobId })
    await announce(tx, { project: job.projectId, topic: 'stop', id: jobId })
    await announce(tx, { project: job.projectId, topic: 'job', id: jobId })
  })
}

/** Puts a paused job back into the queue, or takes back a pause that its worker has not heard of yet. Returns what is to be rung for. */
export async function resume(jobId: string): Promise<Job | null> {
  return db().$transaction(async (tx) => {
    await tx.job.updateMany({ where: { id: jobId, state: 'running', stopRequest: 'pause' }, data: { stopRequest: 'none' } })
    const { count } = await tx.job.updateMany({
      where: { id: jobId, state: 'paused' },
      data: { state: 'queued', pauseReason: null, stopRequest: 'none', rungAt: null, ...asLast() },
    })
    const job = await tx.job.findUnique({ where: { id: jobId } })
    if (!job) throw new MolianError('job.missing', { job: jobId })
    await announce(tx, { project: job.projectId, topic: 'job', id: jobId })
    return count === 0 ? null : job
  })
}

/**
 * Puts a job that has ended back, however it ended, because `change` has made more work for it; both or neither.
 * Null, with nothing changed, where it waits or runs.
 */
export async function reopen(jobId: string, change: (tx: Tx) => Promise<void>): Promise<Job | null> {
  return db().$transaction(async (tx) => {
    const { count } = await tx.job.updateMany({ where: { id: jobId, state: { in: ['succeeded', 'failed', 'cancelled', 'paused'] } }, data: { ...freshly(), result: Prisma.DbNull } })
    if (count === 0) return null
    await change(tx)
    const job = await tx.job.findUniqueOrThrow({ where: { id: jobId } })
    await announce(tx, { project: job.projectId, topic: 'job', id: jobId })
    return job
  })
}

/** Puts a failed or cancelled job back; what it had finished stays finished. Returns it to be rung for. */
export async function requeue(jobId: string): Promise<Job | null> {
  return db().$transaction(async (tx) => {
    const { count } = await tx.job.updateMany({
      where: { id: jobId, state: { in: ['failed', 'cancelled'] } },
      data: freshly(),
    })
    if (count === 0) return null
    const job = await tx.job.findUniqueOrThrow({ where: { id: jobId } })
    await announce(tx, { project: job.projectId, topic: 'job', id: jobId })
    return job
  })
}

/** `queued` work whose bell is older than `seconds` or was never heard: to be rung again. */
export async function unrung(seconds: number): Promise<Pick<Job, 'id' | 'lane'>[]> {
  return db().$queryRaw<Pick<Job, 'id' | 'lane'>[]>`
    SELECT id, lane FROM job WHERE state = 'queued'
      AND (rung_at IS NULL OR rung_at < now() - make_interval(secs => ${seconds})) ORDER BY queue_place, id LIMIT 100`
}

/** The job of the lane that would be claimed next. */
export async function firstQueued(lane: 'cpu' | 'gpu'): Promise<Pick<Job, 'id' | 'lane'> | null> {
  return db().job.findFirst({ where: { lane, state: 'queued' }, orderBy: [{ queuePlace: 'asc' }, { id: 'asc' }], select: { id: true, lane: true } })
}

/** Everyone who has a running job. */
export async function owners(): Promise<string[]> {
  const rows = await db().job.findMany({ where: { state: 'running' }, distinct: ['owner'], select: { owner: true } })
  return rows.flatMap(({ owner }) => (owner === null ? [] : [owner]))
}

/**
 * Takes running jobs from owners that are gone: back to the queue, or failed at the attempt cap, or cancelled if that was asked.
 * A row that its attempt holds locked is passed over: whoever is in the middle of a fenced write is not gone.
 */
export async function releaseExpired(deadOwners: string[] = []): Promise<number> {
  return db().$transaction(async (tx) => {
    const released = await tx.$queryRaw<{ id: string; project_id: string | null }[]>`
      UPDATE job SET owner = NULL, device = NULL, lease_until = NULL, rung_at = NULL,
        state = (CASE WHEN stop_request = 'cancel' THEN 'cancelled' WHEN stop_request = 'pause' THEN 'paused' WHEN attempts >= max_attempts THEN 'failed' ELSE 'queued' END)::"JobState",
        pause_reason = CASE WHEN stop_request = 'pause' THEN 'asked'::"PauseReason" END,
        stop_request = CASE WHEN stop_request = 'pause' THEN 'none' ELSE stop_request END,
        finished_at = CASE WHEN stop_request = 'cancel' OR (stop_request <> 'pause' AND attempts >= max_attempts) THEN now() END,
        error_code = CASE WHEN stop_request NOT IN ('cancel', 'pause') AND attempts >= max_attempts THEN 'job.attempts-used-up' END,
        error_params = CASE WHEN stop_request NOT IN ('cancel', 'pause') AND attempts >= max_attempts THEN jsonb_build_object('attempts', attempts) END,
        error_text = CASE WHEN stop_request NOT IN ('cancel', 'pause') AND attempts >= max_attempts
          THEN 'The worker died ' || attempts || ' times during this job.' END
      WHERE id IN (SELECT id FROM job WHERE state = 'running' AND (lease_until < now() OR owner = ANY(${deadOwners}))
        ORDER BY id FOR UPDATE SKIP LOCKED)
      RETURNING id, project_id`
    for (const job of released) await announce(tx, { project: job.project_id, topic: 'job', id: job.id })
    return released.length
  })
}

/**
 * Whether another worker took the device in the same moment: a constraint that excludes it was violated, or each waited for the
 * other's row to see whether it is, and PostgreSQL let this one go.
 */
function isTaken(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false
  return error.code === 'P2002' || error.code === 'P2034' || (error.code === 'P2010' && /23505|23P01|40P01/.test(JSON.stringify(error.meta ?? {})))
}
