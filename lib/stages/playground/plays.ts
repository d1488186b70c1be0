import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { Job, Play, PlayState, Prisma } from '@/lib/generated/prisma/client'
import { insertJob, type JobWriter, ring, workKey } from '@/lib/queue/enqueue'
import { playSampling } from '@/lib/settings/plays'
import { nextOrdinal } from '@/lib/stages/ordinal'
import { originOf, premiseFrom } from '@/lib/stages/playground/premise-origin'
import { placedWriter, playWriter } from '@/lib/stages/playground/writer'

/** What a column was asked for. Frozen in its row. */
export const columnSettings = z.strictObject({ writer: playWriter, sampling: playSampling })
export type ColumnSettings = z.infer<typeof columnSettings>

export const mostColumns = 4
export const longestPremise = 4000

export const playOrder = z.strictObject({
  /** Made by who asks: the same order with the same token is the same play, however often it is sent. */
  token: z.uuid(),
  premise: z.string().trim().min(1).max(longestPremise),
  from: premiseFrom,
  columns: z.array(columnSettings.extend({ promptVersionId: z.uuid() })).min(1).max(mostColumns),
})
export type PlayOrder = z.infer<typeof playOrder>

/**
 * Queues a play. Columns that need the same engine, and all those of endpoints, are one job: what a server elsewhere writes does not
 * wait for this machine's device. Throws run.missing, and what placedWriter throws.
 */
export async function startPlay(projectId: string, given: PlayOrder): Promise<Play> {
  const order = playOrder.parse(given)
  const { premise, from, columns } = order
  const id = idOf(projectId, order)
  const known = await db().play.findFirst({ where: { id, projectId } })
  if (known) return known
  const prompts = [...new Set(columns.map(({ promptVersionId }) => promptVersionId))]
  const found = await db().promptVersion.count({ where: { id: { in: prompts }, projectId, purpose: 'story' } })
  if (found !== prompts.length) throw new MolianError('run.missing', { what: 'prompt version' })
  const placed = await Promise.all(columns.map(async (column) => ({ ...column, by: await placedWriter(column.writer) })))
  const origin = await originOf(projectId, premise, from)
  const made = await db().$transaction(async (tx) => {
    const ordinal = await nextOrdinal(tx, 'play', projectId)
    const play = await tx.play.create({ data: { id, projectId, ordinal, premise, ...origin } })
    const jobs = new Map<string, Job>()
    for (const [place, { by, promptVersionId, writer, sampling }] of placed.entries()) {
      const need = needOf(by.job)
      const job = jobs.get(need) ?? (await insertJob(tx, { name: 'play', projectId, subjectId: id, writer: by.job, idempotencyKey: workKey('play', id, need) }))
      jobs.set(need, job)
      await tx.playColumn.create({ data: { playId: id, place, ...by.columns, writerName: by.name, promptVersionId, settings: { writer, sampling }, jobId: job.id } })
    }
    return { play, jobs: [...jobs.values()] }
  }).catch(async (error: unknown) => {
    // Sent twice at once: the other one made it.
    const play = await db().play.findFirst({ where: { id, projectId } })
    if (play) return { play, jobs: [] }
    throw error
  })
  for (const job of made.jobs) await ring(job)
  return made.play
}

/** The first 128 bits of the order's hash, in the form of an id that is nobody else's. */
function idOf(projectId: string, order: PlayOrder): string {
  const [a, b, c, d, e] = (/^(.{8})(.{4})(.{4})(.{4})(.{12})/.exec(workKey('play', projectId, order)) ?? []).slice(1)
  return [a, b, `8${c?.slice(1)}`, `8${d?.slice(1)}`, e].join('-')
}

function needOf(writer: JobWriter): string {
  return writer.kind === 'engine' ? (writer.modelId ?? 'engine') : 'endpoints'
}

const whole = {
  testRow: { select: { ordinal: true, testFile: { select: { upload: { select: { fileName: true } } } } } },
  datasetVersion: { select: { id: true, ordinal: true, name: true } },
  columns: { orderBy: { place: 'asc' }, include: { job: true, model: { select: { name: true } }, promptVersion: { select: { id: true, version: true } } }, omit: { text: true } },
} as const

export type PlayWithColumns = Prisma.PlayGetPayload<{ include: typeof whole }>

/** The play of this number, or the project's newest; null where there is none. */
export async function findPlay(projectId: string, ordinal: number | null): Promise<PlayWithColumns | null> {
  return db().play.findFirst({ where: { projectId, ...(ordinal === null ? {} : { ordinal }) }, include: whole, orderBy: { ordinal: 'desc' } })
}

export type PlayLine = { id: string; ordinal: number; premise: string; createdAt: Date; writers: string[]; isLive: boolean }

/** The newest plays, newest first. */
export async function listPlays(projectId: string, take = 30): Promise<PlayLine[]> {
  const plays = await db().play.findMany({
    where: { projectId },
    orderBy: { ordinal: 'desc' },
    take,
    select: { id: true, ordinal: true, premise: true, createdAt: true, columns: { orderBy: { place: 'asc' }, select: { writerName: true, state: true, job: { select: { state: true } } } } },
  })
  return plays.map(({ columns, ...play }) => ({ ...play, writers: columns.map(({ writerName }) => writerName), isLive: columns.some(({ state, job }) => isOpen(state) && isLive(job)) }))
}

/** Whether a column is still to be written. */
export function isOpen(state: PlayState): boolean {
  return state === 'waiting' || state === 'writing'
}

/** Whether a job goes on by itself. */
export function isLive({ state }: Pick<Job, 'state'>): boolean {
  return state === 'queued' || state === 'running'
}

/** The number of a play by its id; null where the project has none of this id. */
export async function ordinalOfPlay(projectId: string, id: string): Promise<number | null> {
  const play = z.uuid().safeParse(id).success ? await db().play.findFirst({ where: { id, projectId }, select: { ordinal: true } }) : null
  return play?.ordinal ?? null
}
