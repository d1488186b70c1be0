import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'

/** Removes what imports and downloads have left behind: files that no open one will ask for and nobody has touched for so many minutes. Returns how many. */
export async function reapModelFiles(minutes: number): Promise<number> {
  const [archives, downloads] = [await named(path.dirname(artifactPath.adapterArchive('x')), /^([0-9a-f-]{36})\.(?:zip|part)$/), await named(path.dirname(artifactPath.downloadPart('x')), /^([0-9a-f-]{36})$/)]
  const ids = (files: readonly Named[]) => files.map(({ id }) => id)
  // A failed or cancelled one is gone on with: only what has succeeded or was taken away wants nothing more.
  const open = { job: { state: { not: 'succeeded' } } } as const
  const [imports, fetches] = await Promise.all([
    db().adapterImport.findMany({ where: { id: { in: ids(archives) }, ...open }, select: { id: true } }),
    db().modelDownload.findMany({ where: { id: { in: ids(downloads) }, ...open }, select: { id: true } }),
  ])
  const wanted = new Set([...imports, ...fetches].map(({ id }) => id))
  let reaped = 0
  for (const { id, file } of [...archives, ...downloads]) {
    const touched = wanted.has(id) ? null : await stat(file).catch(() => null)
    // What is being sent in has its row only once it is whole.
    if (!touched || Date.now() - touched.mtimeMs < minutes * 60_000) continue
    await rm(file, { recursive: true, force: true })
    reaped += 1
  }
  return reaped
}

type Named = { id: string; file: string }

async function named(directory: string, pattern: RegExp): Promise<Named[]> {
  const names = await readdir(inHome(directory)).catch(() => [])
  return names.flatMap((name) => {
    const id = pattern.exec(name)?.[1]
    return z.uuid().safeParse(id).success && id !== undefined ? [{ id, file: inHome(path.join(directory, name)) }] : []
  })
}
