import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { asMolianError, MolianError } from '@/lib/errors'
import { inspectModelFolder, type ModelFolder } from '@/lib/models/folder'
import { nameOfFolder, type SearchPlace } from '@/lib/models/search-places'

/** A folder that holds a model, or looks as if it should and cannot be used. */
export type FoundFolder = { place: SearchPlace; name: string; directory: string; model: ModelFolder | null; refusal: MolianError | null }

/** Deepest below a place that a model may lie: publisher, family, model. */
const deepest = 3
/** Folders looked into in one place; whoever names the root of a disk waits no longer than this. */
const mostFolders = 4_000
const weights = /\.(safetensors|bin|pt|pth)$/

/** The models of a place. A place that is not there holds none. */
export async function searchModels(place: SearchPlace): Promise<FoundFolder[]> {
  const root = place.path
  if (!(await stat(root).catch(() => null))?.isDirectory()) return []
  const found: FoundFolder[] = []
  if (place.kind === 'huggingface') {
    for (const directory of await snapshotsIn(root)) found.push(await look(place, directory))
    return found
  }
  const left = { folders: mostFolders }
  for await (const directory of modelFolders(root, root, 0, left)) found.push(await look(place, directory))
  return found
}

async function* modelFolders(root: string, directory: string, depth: number, left: { folders: number }): AsyncGenerator<string> {
  if (left.folders-- <= 0) return
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => [])
  if (looksLikeModel(entries.map(({ name }) => name))) return yield directory
  if (depth === deepest) return
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue
    const below = path.join(directory, entry.name)
    if (entry.isDirectory()) yield* modelFolders(root, below, depth + 1, left)
    // A link to a model that lies here too is that model once more; one to elsewhere is refused where it is looked at.
    else if (entry.isSymbolicLink() && (await isFolderElsewhere(root, below))) yield below
  }
}

async function isFolderElsewhere(root: string, link: string): Promise<boolean> {
  const [real, bound] = [await realpath(link).catch(() => null), await realpath(root)]
  if (real === null || real === bound || real.startsWith(bound + path.sep)) return false
  return looksLikeModel(await readdir(real).catch(() => []))
}

function looksLikeModel(names: readonly string[]): boolean {
  return names.includes('adapter_config.json') || (names.includes('config.json') && names.some((name) => name === 'tokenizer_config.json' || weights.test(name))) || names.some((name) => name.endsWith('.safetensors'))
}

/** Of each repository in a Hugging Face cache the snapshot that its main branch names, else the newest. */
async function snapshotsIn(cache: string): Promise<string[]> {
  const repositories = (await readdir(cache, { withFileTypes: true })).filter((entry) => entry.isDirectory() && entry.name.startsWith('models--'))
  const snapshots = await Promise.all(repositories.map(({ name }) => snapshotOf(path.join(cache, name))))
  return snapshots.filter((snapshot) => snapshot !== null)
}

async function snapshotOf(repository: string): Promise<string | null> {
  const names = await readdir(path.join(repository, 'snapshots')).catch((): string[] => [])
  const main = (await readFile(path.join(repository, 'refs', 'main'), 'utf8').catch(() => '')).trim()
  if (names.includes(main)) return path.join(repository, 'snapshots', main)
  const dated = await Promise.all(names.map(async (name) => ({ name, at: (await stat(path.join(repository, 'snapshots', name))).mtimeMs })))
  const newest = dated.sort((one, other) => other.at - one.at)[0]
  return newest ? path.join(repository, 'snapshots', newest.name) : null
}

const looked = new Map<string, { stamp: string; found: Pick<FoundFolder, 'model' | 'refusal'> }>()

/** Looks at a folder again only when a file of it has changed. */
async function look(place: SearchPlace, directory: string): Promise<FoundFolder> {
  const about = { place, name: nameOfFolder(place, directory), directory }
  const [real, root] = await Promise.all([realpath(directory), realpath(place.path)])
  if (real !== root && !real.startsWith(root + path.sep)) return { ...about, model: null, refusal: new MolianError('model.link-escapes', { path: path.dirname(directory), file: path.basename(directory) }) }
  const stamp = await stampOf(directory)
  const known = looked.get(directory)
  if (known?.stamp === stamp) return { ...about, ...known.found }
  const found = await inspectModelFolder(directory).then(
    (model) => ({ model, refusal: null }),
    (error: unknown) => ({ model: null, refusal: asMolianError(error) }),
  )
  looked.set(directory, { stamp, found })
  return { ...about, ...found }
}

async function stampOf(directory: string): Promise<string> {
  const names = await readdir(directory)
  const stats = await Promise.all(names.sort().map((name) => stat(path.join(directory, name)).catch(() => null)))
  return names.map((name, at) => `${name} ${stats[at]?.size} ${stats[at]?.mtimeMs}`).join('\n')
}
