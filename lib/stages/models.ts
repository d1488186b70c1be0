import path from 'node:path'
import { z } from 'zod'
import { artifactPath } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { MolianError } from '@/lib/errors'
import type { Model, Prisma } from '@/lib/generated/prisma/client'
import { inspectModelFolder, type ModelFolder } from '@/lib/models/folder'
import { weightsSha256 } from '@/lib/models/weights'
import { foundByName, nameOfModel } from '@/lib/stages/models/found'

const whole = { base: true, job: true, adapter: { include: { trainingRun: true } } } as const

export type ModelEntry = Prisma.ModelGetPayload<{ include: typeof whole }>

/** What can be served or trained: a merged model only once it is merged. */
const usable = { deletedAt: null, OR: [{ kind: 'base' as const }, { sha256: { not: null } }] }

/** Absolute path of a model's folder; rows hold it relative to the home where it lies in it. */
export function modelDirectory(model: Pick<Model, 'directory'>): string {
  return path.resolve(env().home, model.directory)
}

export async function findModel(id: string): Promise<Model | null> {
  return db().model.findUnique({ where: { id } })
}

/** Whether it is the model that comes with Molian, wherever its row came from. */
export function isStarter(model: Pick<Model, 'directory'>): boolean {
  return model.directory === artifactPath.starterModel()
}

/** Whether a folder, by its whole path, is that of the model that comes with Molian. */
export function isStarterFolder(directory: string): boolean {
  return directory === path.resolve(env().home, artifactPath.starterModel())
}

/** Those whose files are there, or will be: base models first, then merged ones, newest first. */
export async function listModels(): Promise<ModelEntry[]> {
  return db().model.findMany({
    where: { deletedAt: null },
    include: whole,
    orderBy: [{ kind: 'asc' }, { createdAt: 'desc' }],
  })
}

/**
 * The row of a model that this machine serves and trains: `starter`, the name of a known one, or a folder of
 * safetensors, which is inspected and hashed anew each time, or the id of a row. Throws MolianError with what is wrong with it, and
 * model.ambiguous for a name that several have: folders of one name may lie in several places.
 */
export async function resolveModel(nameOrFolder: string): Promise<Model> {
  if (nameOrFolder === 'starter') return registerFolder('starter', path.resolve(env().home, artifactPath.starterModel()))
  if (z.uuid().safeParse(nameOrFolder).success) {
    const row = await db().model.findFirst({ where: { id: nameOrFolder, ...usable } })
    if (!row) throw new MolianError('model.unknown', { name: nameOrFolder })
    return row.kind === 'merged' ? row : registerFolder(row.name, modelDirectory(row))
  }
  const [known, ...others] = await db().model.findMany({
    where: { name: nameOrFolder, ...usable },
    orderBy: { createdAt: 'asc' },
  })
  if (known && others.length > 0) {
    throw new MolianError('model.ambiguous', { name: nameOrFolder, folders: [known, ...others].map(modelDirectory).join(', ') })
  }
  if (known) return known.kind === 'merged' ? known : registerFolder(known.name, modelDirectory(known))
  const found = await foundByName(nameOrFolder)
  if (found) return registerFolder(found.name, found.directory)
  if (!/[\\/]/.test(nameOrFolder)) throw new MolianError('model.unknown', { name: nameOrFolder })
  const directory = path.resolve(nameOrFolder)
  return registerFolder(await nameOfModel(directory), directory)
}

/** The row of a folder, inspected and hashed; made, or brought up to date. Throws what inspectModelFolder throws. */
export async function registerFolder(name: string, directory: string): Promise<Model> {
  const inHome = path.relative(env().home, directory)
  const stored = inHome.startsWith('..') || path.isAbsolute(inHome) ? directory : inHome
  // What was merged here has the name it was given, and its bytes are vouched for.
  const merged = await db().model.findFirst({ where: { directory: stored, kind: 'merged', sha256: { not: null }, deletedAt: null } })
  if (merged) return merged
  const folder = await inspect(name, directory)
  const values = {
    name,
    sha256: await weightsSha256(directory),
    bytes: folder.bytes,
    parameters: folder.parameters,
    family: folder.family,
    licence: folder.licence,
    deletedAt: null,
  }
  return db().model.upsert({ where: { directory: stored }, create: { kind: 'base', directory: stored, ...values }, update: values })
}

async function inspect(name: string, directory: string): Promise<ModelFolder> {
  try {
    return await inspectModelFolder(directory)
  } catch (error) {
    const isStarterMissing = name === 'starter' && error instanceof MolianError && error.code === 'model.no-folder'
    throw isStarterMissing ? new MolianError('model.no-starter', {}, { cause: error }) : error
  }
}
