import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import { Prisma } from '@/lib/generated/prisma/client'
import { ring } from '@/lib/queue/enqueue'
import { reopen, requestStop } from '@/lib/queue/lease'

/**
 * Has the columns of these places, or all, stop with what they have. One that nobody has begun is stopped at once, and a job that waits
 * with nothing left to do is cancelled. Throws run.missing.
 */
export async function stopColumns(projectId: string, playId: string, places: readonly number[] | null): Promise<void> {
  const play = await db().play.findFirst({ where: { id: playId, projectId }, select: { columns: { select: { jobId: true } } } })
  if (!play) throw new MolianError('run.missing', { what: 'play' })
  const among = places === null ? Prisma.empty : Prisma.sql`AND c.place = ANY(${[...places]}::int[])`
  await db().$transaction(async (tx) => {
    await tx.$executeRaw`
      UPDATE play_column c SET stop_requested = true,
        state = CASE WHEN j.state IN ('queued', 'paused') THEN 'stopped'::"PlayState" ELSE c.state END
      FROM job j WHERE j.id = c.job_id AND c.play_id = ${playId}::uuid AND c.state IN ('waiting', 'writing') ${among}`
    for (const jobId of new Set(play.columns.map((column) => column.jobId))) await announce(tx, { project: projectId, topic: 'steer', id: jobId })
    await announce(tx, { project: projectId, topic: 'plays', id: playId })
  })
  const idle = await db().job.findMany({ where: { state: { in: ['queued', 'paused'] }, playColumns: { some: { playId }, none: { state: { in: ['waiting', 'writing'] } } } }, select: { id: true } })
  for (const { id } of idle) await requestStop(id, 'cancel')
}

/**
 * Asks once more for a column that was stopped, failed or was cut off; what it had is let go. Throws run.missing, and
 * play.still-writing while other columns of its job are at it.
 */
export async function askColumnAgain(projectId: string, playId: string, place: number): Promise<void> {
  const column = await db().playColumn.findFirst({ where: { playId, place, play: { projectId }, state: { not: 'written' } } })
  if (!column) throw new MolianError('run.missing', { what: 'play' })
  const job = await reopen(column.jobId, async (tx) => {
    await tx.playColumn.update({ where: { playId_place: { playId, place } }, data: unasked })
    await announce(tx, { project: projectId, topic: 'plays', id: playId })
  })
  if (!job) throw new MolianError('play.still-writing')
  await ring(job)
}

/** Nothing written, and nothing known of how. */
export const blank = {
  text: '',
  pieces: 0,
  promptTokens: null,
  completionTokens: null,
  firstTokenMs: null,
  writingMs: null,
  finishReason: null,
  servedName: null,
  servedSha256: null,
  servedBaseSha256: null,
  errorCode: null,
  errorParams: Prisma.DbNull,
} as const

/** A column that waits to be asked. */
export const unasked = { ...blank, state: 'waiting', stopRequested: false } as const
