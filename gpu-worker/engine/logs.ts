import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { artifactPath, inHome } from '@/lib/artifacts'

/** Logs of engines that are kept, the newest. */
const kept = 8

/** Deletes the logs of engines long gone. */
export async function pruneLogs(): Promise<void> {
  const directory = path.dirname(inHome(artifactPath.engineLog('any')))
  const names = await readdir(directory).catch(() => [])
  const files = await Promise.all(names.map(async (name) => ({ file: path.join(directory, name), at: (await stat(path.join(directory, name)).catch(() => null))?.mtimeMs ?? 0 })))
  const old = files.sort((a, b) => b.at - a.at).slice(kept - 1)
  for (const { file } of old) await rm(file, { force: true })
}
