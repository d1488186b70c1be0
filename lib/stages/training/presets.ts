import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { Prisma } from '@/lib/generated/prisma/client'
import { isPresetName } from '@/lib/settings/presets'
import { readTrainingSettings } from '@/lib/settings/read-training'
import { trainingSettings, type TrainingSettings } from '@/lib/settings/training'

export const presetName = z.string().trim().min(1).max(60)

/** Training settings that someone keeps in this studio under a name. */
export type OwnPreset = { id: string; name: string; settings: TrainingSettings }

/** By name; one whose settings this version cannot read is left out. */
export async function listOwnPresets(): Promise<OwnPreset[]> {
  const rows = await db().trainingPreset.findMany({ orderBy: { name: 'asc' } })
  return rows.flatMap(({ id, name, settings }) => {
    const known = trainingSettings.safeParse(settings)
    return known.success ? [{ id, name, settings: known.data }] : []
  })
}

/** The preset of this name, as --preset asks for it; null where there is none. Throws training.bad-setting. */
export async function findOwnPreset(name: string): Promise<OwnPreset | null> {
  const row = await db().trainingPreset.findUnique({ where: { name } })
  return row && { id: row.id, name: row.name, settings: readTrainingSettings(row.settings) }
}

/** Keeps settings under a new name. Throws preset.taken. */
export async function saveOwnPreset(name: string, settings: TrainingSettings): Promise<void> {
  await named(name, (free) => db().trainingPreset.create({ data: { name: free, settings: readTrainingSettings(settings) } }))
}

/** Lays other settings under the name of one that is there. Throws run.missing. */
export async function replaceOwnPreset(id: string, settings: TrainingSettings): Promise<void> {
  const { count } = await db().trainingPreset.updateMany({ where: { id }, data: { settings: readTrainingSettings(settings) } })
  if (count === 0) throw new MolianError('run.missing', { what: 'preset' })
}

/** Throws run.missing and preset.taken. */
export async function renameOwnPreset(id: string, name: string): Promise<void> {
  const { count } = await named(name, (free) => db().trainingPreset.updateMany({ where: { id }, data: { name: free } }))
  if (count === 0) throw new MolianError('run.missing', { what: 'preset' })
}

/** Runs that were started with it keep what they were started with. */
export async function deleteOwnPreset(id: string): Promise<void> {
  await db().trainingPreset.deleteMany({ where: { id } })
}

async function named<T>(name: string, write: (free: string) => Promise<T>): Promise<T> {
  const wanted = presetName.parse(name)
  if (isPresetName(wanted)) throw new MolianError('preset.taken', { name: wanted })
  try {
    return await write(wanted)
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') throw new MolianError('preset.taken', { name: wanted }, { cause: error })
    throw error
  }
}
