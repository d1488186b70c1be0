import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { Prisma, type Job, type PlayColumn } from '@/lib/generated/prisma/client'
import { isLive, isOpen } from '@/lib/stages/playground/plays'

/** How much of a column somebody has: the attempt that wrote it, and how many code points of it. */
export const havePart = z.object({ place: z.int().min(0), epoch: z.int().min(0), length: z.int().min(0) })
export type HavePart = z.infer<typeof havePart>

/** What a column waits for while nothing is written in it. */
export type ColumnWait = 'queue' | 'engine' | 'words'

/** A column as it stands. `text` is what comes after code point `from`; whoever has another attempt's text gets all of it. */
export type ColumnText = Pick<PlayColumn, 'place' | 'state' | 'epoch' | 'pieces' | 'completionTokens' | 'firstTokenMs' | 'writingMs' | 'finishReason' | 'servedName' | 'servedSha256' | 'servedBaseSha256'> & {
  text: string
  from: number
  /** Of the whole text, in code points. */
  length: number
  wait: ColumnWait | null
  /** Why there is no more of it. */
  error: { code: string; params: Prisma.JsonValue } | null
}

/** The columns of a play with what is new in them. Throws run.missing. */
export async function columnTexts(playId: string, have: readonly HavePart[]): Promise<ColumnText[]> {
  const columns = await db().playColumn.findMany({ where: { playId }, orderBy: { place: 'asc' }, include: { job: true }, omit: { text: true } })
  if (columns.length === 0) throw new MolianError('run.missing', { what: 'play' })
  const known = columns.map(({ place, epoch }) => ({ place, from: have.find((part) => part.place === place && part.epoch === epoch)?.length ?? 0 }))
  const texts = await db().$queryRaw<{ place: number; epoch: number; text: string; length: number }[]>`
    SELECT c.place, c.epoch, substr(c.text, k.known + 1) AS text, char_length(c.text)::int AS length
    FROM play_column c JOIN unnest(${known.map(({ place }) => place)}::int[], ${known.map(({ from }) => from)}::int[]) AS k(place, known) ON k.place = c.place
    WHERE c.play_id = ${playId}::uuid`
  return columns.map(({ job, ...column }) => {
    const part = texts.find(({ place }) => place === column.place)
    const state = shownState(column, job)
    const of = part && part.epoch === column.epoch ? part : null
    const { place, epoch, pieces, completionTokens, firstTokenMs, writingMs, finishReason, servedName, servedSha256, servedBaseSha256 } = column
    const from = of ? (known.find((each) => each.place === place)?.from ?? 0) : 0
    const shown = { place, epoch, pieces, completionTokens, firstTokenMs, writingMs, finishReason, servedName, servedSha256, servedBaseSha256 }
    return { ...shown, state, text: of?.text ?? '', from, length: of?.length ?? 0, wait: waitOf({ ...column, state }, job), error: errorOf(column, job) }
  })
}

/**
 * A column that was to be written by a job that has ended all the same was stopped with it, or failed with it; one that waits and is
 * not wanted any longer is as good as stopped.
 */
export function shownState(column: Pick<PlayColumn, 'state' | 'stopRequested'>, job: Pick<Job, 'state'>): PlayColumn['state'] {
  if (column.state === 'waiting' && column.stopRequested) return 'stopped'
  if (!isOpen(column.state) || isLive(job) || job.state === 'paused') return column.state
  return job.state === 'failed' ? 'failed' : 'stopped'
}

function waitOf({ state, pieces }: Pick<PlayColumn, 'state' | 'pieces'>, job: Job): ColumnWait | null {
  if (!isOpen(state) || pieces > 0) return null
  if (state === 'writing') return 'words'
  return job.state === 'running' ? 'engine' : 'queue'
}

function errorOf(column: Pick<PlayColumn, 'state' | 'errorCode' | 'errorParams'>, job: Job): ColumnText['error'] {
  if (column.errorCode !== null) return { code: column.errorCode, params: column.errorParams }
  const isJobs = isOpen(column.state) && job.state === 'failed' && job.errorCode !== null
  return isJobs && job.errorCode !== null ? { code: job.errorCode, params: job.errorParams } : null
}
