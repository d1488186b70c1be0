import { db } from '@/lib/db'
import { announce } from '@/lib/events'

export const moves = ['up', 'down', 'front'] as const
export type Move = (typeof moves)[number]

/** Places lie at least this far apart, in the milliseconds that they are given in. */
const apart = 0.001

/**
 * Moves a waiting job among those of its lane: one place up or down, or to the front. False, with nothing changed, where
 * it no longer waits. What a worker is just claiming is not moved about: the rows of the queue are locked meanwhile.
 */
export async function moveJob(jobId: string, move: Move): Promise<boolean> {
  return db().$transaction(async (tx) => {
    // Locked by id, which stays: two moves that lock by place, each by the places it saw, can wait for each other for ever.
    const locked = await tx.$queryRaw<{ id: string; place: number; project: string | null }[]>`
      SELECT id, queue_place AS place, project_id AS project FROM job
      WHERE state = 'queued' AND lane = (SELECT lane FROM job WHERE id = ${jobId}::uuid) ORDER BY id FOR UPDATE`
    const queue = locked.toSorted((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1))
    const from = queue.findIndex(({ id }) => id === jobId)
    const moved = queue[from]
    if (!moved) return false
    const rest = queue.filter((job) => job !== moved)
    const to = { up: from - 1, down: from + 1, front: 0 }[move]
    const ordered = [...rest.slice(0, Math.max(0, to)), moved, ...rest.slice(Math.max(0, to))]
    // The places themselves stay and are given out anew: whatever comes later still comes after all of them.
    let least = -Infinity
    const places = queue.map(({ place }) => (least = Math.max(place, least + apart)))
    await tx.$executeRaw`
      UPDATE job SET queue_place = given.place
      FROM unnest(${ordered.map(({ id }) => id)}::uuid[], ${places}::float8[]) AS given(id, place) WHERE job.id = given.id`
    for (const project of new Set(queue.map((job) => job.project))) await announce(tx, { project, topic: 'job', id: jobId })
    return true
  })
}
