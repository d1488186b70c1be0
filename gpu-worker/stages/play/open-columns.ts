import { db } from '@/lib/db'
import { announce } from '@/lib/events'
import type { Prisma } from '@/lib/generated/prisma/client'
import { log } from '@/lib/log'
import type { Attempt } from '@/lib/queue/attempt'
import { withOrigin } from '@/lib/stages/models/merging'
import { unasked } from '@/lib/stages/playground/steering'

const whole = { play: true, promptVersion: true, model: true, adapter: { include: withOrigin } } as const

export type OpenColumn = Prisma.PlayColumnGetPayload<{ include: typeof whole }>

/**
 * The columns of this job that are to be written. One that an earlier attempt left in the middle begins anew, one that a person asked
 * to stop meanwhile is stopped with what it has; a job that is taken up again with none left writes those that failed.
 */
export async function openColumns(attempt: Attempt): Promise<OpenColumn[]> {
  const { jobId } = attempt
  const open = { jobId, state: { in: ['waiting' as const, 'writing' as const] } }
  await attempt.write(async (tx) => {
    await tx.playColumn.updateMany({ where: { ...open, stopRequested: true }, data: { state: 'stopped' } })
    const { count } = await tx.playColumn.updateMany({ where: open, data: unasked })
    if (count === 0) await tx.playColumn.updateMany({ where: { jobId, state: 'failed' }, data: unasked })
    await announce(tx, { project: attempt.projectId, topic: 'plays', id: attempt.subjectId })
  })
  return db().playColumn.findMany({ where: open, include: whole, orderBy: { place: 'asc' } })
}

/** A signal for each of these columns that aborts when a person has it stopped; heard with every beat of the attempt. */
export function stopsOf(attempt: Attempt, columns: readonly Pick<OpenColumn, 'place'>[]): (place: number) => AbortSignal {
  const stops = new Map(columns.map(({ place }) => [place, new AbortController()]))
  const look = () => {
    db()
      .playColumn.findMany({ where: { jobId: attempt.jobId, stopRequested: true }, select: { place: true } })
      .then((rows) => {
        for (const { place } of rows) stops.get(place)?.abort(new Error('stopped by a person'))
      })
      .catch((error: unknown) => log.warn({ err: error, job: attempt.jobId }, 'which columns are to stop could not be read; the next beat will'))
  }
  attempt.onBeat(look)
  look()
  return (place) => stops.get(place)?.signal ?? new AbortController().signal
}
