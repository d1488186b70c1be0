import { readdir, realpath } from 'node:fs/promises'
import path from 'node:path'

/**
 * The folder that the links of a model's folder may lead into: its own, or, in a Hugging Face cache, that of its repository,
 * where snapshots/<revision> links into blobs.
 */
async function bounds(directory: string): Promise<string[]> {
  const root = await realpath(directory)
  const snapshots = path.dirname(root)
  const repository = path.dirname(snapshots)
  const isSnapshot = path.basename(snapshots) === 'snapshots' && path.basename(repository).startsWith('models--')
  return isSnapshot ? [root, path.join(repository, 'blobs')] : [root]
}

/** Whether a file of a model's folder lies, through all links, where it may; false too for one that leads nowhere. */
export async function isInside(directory: string, file: string): Promise<boolean> {
  const [real, allowed] = await Promise.all([realpath(path.join(directory, file)).catch(() => null), bounds(directory)])
  return real !== null && allowed.some((bound) => real.startsWith(bound + path.sep))
}

/** The first file of the folder that is a link out of it, or null. */
export async function escapingLink(directory: string): Promise<string | null> {
  for (const name of await readdir(directory)) if (!(await isInside(directory, name))) return name
  return null
}
