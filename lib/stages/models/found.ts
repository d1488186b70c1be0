import path from 'node:path'
import { realpath, stat } from 'node:fs/promises'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { searchModels, type FoundFolder } from '@/lib/models/search'
import { searchPlaces } from '@/lib/models/search-places'

/** A model that lies on this machine and can be used. */
export type FoundModel = FoundFolder & { model: NonNullable<FoundFolder['model']> }

/** Everything found where models are looked for, each folder once; what cannot be used with the reason. */
export async function foundFolders(): Promise<FoundFolder[]> {
  const found = (await Promise.all((await searchPlaces()).map(searchModels))).flat()
  const first = new Map<string, FoundFolder>()
  for (const each of found) {
    const real = await realpath(each.directory)
    if (!first.has(real)) first.set(real, each)
  }
  return [...first.values()]
}

export async function foundModels(): Promise<FoundModel[]> {
  return (await foundFolders()).filter((folder): folder is FoundModel => folder.model !== null)
}

/** What the folder is called: as it is where models are looked for, else by its own name. */
export async function nameOfModel(directory: string): Promise<string> {
  const real = await realpath(directory).catch(() => directory)
  for (const found of await foundFolders()) if ((await realpath(found.directory)) === real) return found.name
  return path.basename(directory)
}

/** The one model of that name that is found; null where there is none. Throws model.ambiguous where several are. */
export async function foundByName(name: string): Promise<FoundModel | null> {
  const [one, ...others] = (await foundModels()).filter((found) => found.name === name)
  if (one && others.length > 0) throw new MolianError('model.ambiguous', { name, folders: [one, ...others].map(({ directory }) => directory).join(', ') })
  return one ?? null
}

/** Has models looked for in a folder too. Throws model.folder-relative, model.no-folder. */
export async function addSearchFolder(given: string): Promise<void> {
  const text = given.trim()
  if (!path.isAbsolute(text)) throw new MolianError('model.folder-relative', { path: text })
  const folder = path.resolve(text)
  if (!(await stat(folder).catch(() => null))?.isDirectory()) throw new MolianError('model.no-folder', { path: folder })
  await db().modelSearchFolder.upsert({ where: { path: folder }, create: { path: folder }, update: {} })
}

/** No longer looks there; the folder and what is in it stay as they are. */
export async function removeSearchFolder(id: string): Promise<void> {
  await db().modelSearchFolder.deleteMany({ where: { id } })
}
