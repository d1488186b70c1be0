import path from 'node:path'
import { realpath } from 'node:fs/promises'
import { inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { asMolianError, type MolianError } from '@/lib/errors'
import type { Prisma } from '@/lib/generated/prisma/client'
import { describedAdapter, type DescribedAdapter } from '@/lib/models/adapter/config'
import { diskOf, folderBytes } from '@/lib/models/disk-use'
import { inspectModelFolder, type ModelFolder } from '@/lib/models/folder'
import type { FoundFolder } from '@/lib/models/search'
import type { SearchPlace } from '@/lib/models/search-places'
import { modelDirectory } from '@/lib/stages/models'
import { foundFolders } from '@/lib/stages/models/found'
import { adapterName, withOrigin } from '@/lib/stages/models/merging'
import { resultOf } from '@/lib/stages/training/training'

const whole = { ...withOrigin, trainingRun: { include: { ...withOrigin.trainingRun.include, job: true } }, mergedModel: { include: { job: true, _count: { select: { storyRuns: true } } } } } as const
type AdapterRow = Prisma.AdapterGetPayload<{ include: typeof whole }>

/** An adapter with the model merged of it. */
export type ShelfAdapter = {
  id: string
  name: string
  createdAt: Date
  bytes: number
  isDeleted: boolean
  run: { projectId: string; projectName: string; id: string; ordinal: number; loss: number | null; validationLoss: number | null } | null
  imported: { origin: string; described: DescribedAdapter | null } | null
  merged: { id: string; name: string; bytes: number; sha256: string | null; job: NonNullable<AdapterRow['mergedModel']>['job']; stories: number } | null
}

/** A base model: found on disk, or known from what was made of it. `what` is null when its folder cannot be used or is gone. */
export type ShelfBase = {
  /** Null until something is made of it. */
  id: string | null
  name: string
  directory: string
  place: SearchPlace['kind'] | 'elsewhere'
  what: ModelFolder | null
  refusal: MolianError | null
  isDeleted: boolean
  bytes: number
  adapters: ShelfAdapter[]
}

export type Shelf = {
  bases: ShelfBase[]
  /** Folders that look like models and cannot be used, and that nothing was made of. */
  refused: FoundFolder[]
  disk: { bases: number; adapters: number; merged: number; checkpoints: number; free: number | null; total: number | null }
}

/** Every model of this machine, and what was made of what. */
export async function readShelf(): Promise<Shelf> {
  const [found, rows, adapters, checkpoints, disk] = await Promise.all([
    foundFolders(),
    db().model.findMany({ where: { kind: 'base' }, orderBy: { createdAt: 'asc' } }),
    db().adapter.findMany({ include: whole, orderBy: { createdAt: 'asc' } }),
    db().checkpoint.aggregate({ _sum: { bytes: true } }),
    diskOf(env().home),
  ])
  const shelved = await Promise.all(adapters.map(async (adapter) => ({ baseId: adapter.trainingRun?.baseModelId ?? adapter.import?.baseModelId, entry: await entryOf(adapter) })))
  const made = (baseId: string) => shelved.filter((each) => each.baseId === baseId && !(each.entry.isDeleted && each.entry.merged === null)).map(({ entry }) => entry)
  const known = new Map<string, FoundFolder>()
  for (const folder of found) known.set(await realpath(folder.directory), folder)

  const bases: ShelfBase[] = []
  for (const row of rows) {
    const directory = modelDirectory(row)
    const real = await realpath(directory).catch(() => directory)
    const folder = known.get(real)
    known.delete(real)
    const own = made(row.id)
    // Deleted, and nothing of it left to show.
    if (row.deletedAt && !folder && own.length === 0) continue
    const looked = folder ?? { ...(await look(directory)), place: null }
    bases.push({ id: row.id, name: row.name, directory, place: looked.place?.kind ?? placeOf(directory), what: looked.model, refusal: looked.refusal, isDeleted: row.deletedAt !== null && !looked.model, bytes: await folderBytes(directory), adapters: own })
  }
  for (const folder of known.values()) {
    if (folder.model) bases.push({ id: null, name: folder.name, directory: folder.directory, place: folder.place.kind, what: folder.model, refusal: null, isDeleted: false, bytes: await folderBytes(folder.directory), adapters: [] })
  }
  const sum = (sizes: readonly number[]) => sizes.reduce((all, size) => all + size, 0)
  return {
    bases: bases.sort((one, other) => other.adapters.length - one.adapters.length || one.name.localeCompare(other.name)),
    refused: [...known.values()].filter((folder) => folder.model === null),
    disk: {
      bases: sum(bases.map(({ bytes }) => bytes)),
      adapters: sum(shelved.map(({ entry }) => entry.bytes)),
      merged: sum(shelved.map(({ entry }) => entry.merged?.bytes ?? 0)),
      checkpoints: Number(checkpoints._sum.bytes ?? 0),
      free: disk?.free ?? null,
      total: disk?.total ?? null,
    },
  }
}

async function look(directory: string): Promise<{ model: ModelFolder | null; refusal: MolianError | null }> {
  try {
    return { model: await inspectModelFolder(directory), refusal: null }
  } catch (error) {
    return { model: null, refusal: asMolianError(error) }
  }
}

function placeOf(directory: string): ShelfBase['place'] {
  return directory.startsWith(env().home + path.sep) ? 'home' : 'elsewhere'
}

async function entryOf(adapter: AdapterRow): Promise<ShelfAdapter> {
  const { trainingRun: run, import: imported, mergedModel: merged } = adapter
  const result = run && resultOf(run)
  return {
    id: adapter.id,
    name: adapterName(adapter),
    createdAt: adapter.createdAt,
    bytes: adapter.deletedAt ? 0 : await folderBytes(inHome(adapter.directory)),
    isDeleted: adapter.deletedAt !== null,
    run: run && { projectId: run.projectId, projectName: run.project.name, id: run.id, ordinal: run.ordinal, loss: result?.last_loss ?? null, validationLoss: result?.best_validation_loss ?? result?.validation_loss_to ?? null },
    imported: imported && { origin: imported.origin, described: describedAdapter.safeParse(imported.described).data ?? null },
    merged: merged && !merged.deletedAt ? { id: merged.id, name: merged.name, bytes: await folderBytes(modelDirectory(merged)), sha256: merged.sha256, job: merged.job, stories: merged._count.storyRuns } : null,
  }
}
