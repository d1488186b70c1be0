import { readdir, stat, statfs } from 'node:fs/promises'
import path from 'node:path'

/** Bytes of a folder's files, whatever its links lead to; 0 where it is not there. */
export async function folderBytes(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => [])
  const sizes = await Promise.all(
    entries.map(async (entry) => {
      if (entry.isDirectory()) return 0
      const found = await stat(path.join(entry.parentPath, entry.name)).catch(() => null)
      return found?.isFile() ? found.size : 0
    }),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** Free and whole bytes of the disk that a directory lies on; null where the system does not say. */
export async function diskOf(directory: string): Promise<{ free: number; total: number } | null> {
  try {
    const { bavail, blocks, bsize } = await statfs(directory)
    return { free: bavail * bsize, total: blocks * bsize }
  } catch {
    return null
  }
}
