import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import type { KeptResult, Prisma } from '@/lib/generated/prisma/client'

/** The run that a result is kept on. */
export const keepOn = z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('training'), id: z.uuid() }), z.strictObject({ kind: z.literal('story'), id: z.uuid() })])
export type KeepOn = z.infer<typeof keepOn>

export const keptNote = z.string().trim().max(2000)

const whole = { column: { include: { play: true, promptVersion: { select: { version: true } } } } } as const

export type KeptEntry = Prisma.KeptResultGetPayload<{ include: typeof whole }>

/** Keeps what a column says on a run, with a word about it; kept there already, its word changes. Throws run.missing and play.nothing-to-keep. */
export async function keepResult(projectId: string, playId: string, place: number, on: KeepOn, note: string): Promise<KeptResult> {
  const column = await db().playColumn.findFirst({ where: { playId, place, play: { projectId } }, select: { text: true } })
  if (!column) throw new MolianError('run.missing', { what: 'play' })
  if (column.text.trim() === '') throw new MolianError('play.nothing-to-keep')
  const where = { id: on.id, projectId }
  const run = on.kind === 'training' ? await db().trainingRun.count({ where }) : await db().storyRun.count({ where })
  if (run === 0) throw new MolianError('run.missing', { what: on.kind === 'training' ? 'training run' : 'story run' })
  const words = { note: keptNote.parse(note) }
  const kept =
    on.kind === 'training'
      ? await db().keptResult.upsert({ where: { playId_place_trainingRunId: { playId, place, trainingRunId: on.id } }, create: { playId, place, trainingRunId: on.id, ...words }, update: words })
      : await db().keptResult.upsert({ where: { playId_place_storyRunId: { playId, place, storyRunId: on.id } }, create: { playId, place, storyRunId: on.id, ...words }, update: words })
  await announce(db(), { project: projectId, topic: on.kind === 'training' ? 'samples' : 'stories', id: on.id })
  return kept
}

/** Takes a kept result off its run; the play stays. Throws run.missing. */
export async function dropKept(projectId: string, id: string): Promise<void> {
  const { count } = await db().keptResult.deleteMany({ where: { id, column: { play: { projectId } } } })
  if (count === 0) throw new MolianError('run.missing', { what: 'play' })
}

/** What is kept on a run, newest first. */
export async function keptOn(on: KeepOn): Promise<KeptEntry[]> {
  return db().keptResult.findMany({ where: on.kind === 'training' ? { trainingRunId: on.id } : { storyRunId: on.id }, include: whole, orderBy: { createdAt: 'desc' } })
}

const named = { trainingRun: { select: { id: true, ordinal: true, name: true } }, storyRun: { select: { id: true, ordinal: true } } } as const

export type KeptOfPlay = Prisma.KeptResultGetPayload<{ include: typeof named }>

/** What is kept of a play's columns, the first first. */
export async function keptOfPlay(playId: string): Promise<KeptOfPlay[]> {
  return db().keptResult.findMany({ where: { playId }, include: named, orderBy: { createdAt: 'asc' } })
}

/** A run on which a column can be kept. `isOwn`: the one that its writer came from, or that had the same writer. */
export type KeepPlace = { on: KeepOn; ordinal: number; name: string; isOwn: boolean }

/** Places for each column of a play, those of its own writer first. */
export async function keepPlaces(projectId: string, playId: string): Promise<Map<number, KeepPlace[]>> {
  const [columns, trainings, stories] = await Promise.all([
    db().playColumn.findMany({ where: { playId, play: { projectId } }, select: { place: true, modelId: true, adapterId: true, endpointId: true, model: { select: { adapterId: true } } } }),
    db().trainingRun.findMany({ where: { projectId }, orderBy: { ordinal: 'desc' }, take: 30, select: { id: true, ordinal: true, name: true, adapter: { select: { id: true } } } }),
    db().storyRun.findMany({ where: { projectId, promptVersionId: { not: null } }, orderBy: { ordinal: 'desc' }, take: 30, select: { id: true, ordinal: true, modelId: true, endpointId: true } }),
  ])
  return new Map(
    columns.map((column) => {
      const adapterId = column.adapterId ?? column.model?.adapterId ?? null
      const places: KeepPlace[] = [
        ...trainings.map(({ id, ordinal, name, adapter }) => ({ on: { kind: 'training' as const, id }, ordinal, name, isOwn: adapterId !== null && adapter?.id === adapterId })),
        ...stories.map(({ id, ordinal, modelId, endpointId }) => ({
          on: { kind: 'story' as const, id },
          ordinal,
          name: '',
          isOwn: (modelId !== null && modelId === column.modelId) || (endpointId !== null && endpointId === column.endpointId),
        })),
      ]
      return [column.place, places.sort((a, b) => Number(b.isOwn) - Number(a.isOwn))]
    }),
  )
}
