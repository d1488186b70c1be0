import { statfs } from 'node:fs/promises'

/** Bytes free to this user where a folder lies; null where the system does not say. */
export async function freeDiskOf(directory: string): Promise<number | null> {
  return statfs(directory).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  )
}
