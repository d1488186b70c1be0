import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { inHome, sha256OfFile } from '@/lib/artifacts'

const cacheSchema = z.object({ stamp: z.string(), sha256: z.string() })

/** The weight files of a model folder, by name. */
export async function weightFiles(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter((name) => name.endsWith('.safetensors')).sort()
}

/**
 * One hash for all weights of a folder: SHA-256 over the lines `<file's SHA-256>  <file's name>`, sorted by name (the
 * trainer computes the same). Kept in the home and computed anew when a file's size or time of change is another.
 */
export async function weightsSha256(directory: string): Promise<string> {
  const names = await weightFiles(directory)
  const stats = await Promise.all(names.map(async (name) => ({ name, ...(await stat(path.join(directory, name))) })))
  const stamp = stats.map((file) => `${file.name} ${file.size} ${file.mtimeMs}`).join('\n')
  const cacheFile = inHome(path.join('models', 'hashes', `${createHash('sha256').update(path.resolve(directory)).digest('hex')}.json`))
  const cached = await readCache(cacheFile)
  if (cached?.stamp === stamp) return cached.sha256

  const hash = createHash('sha256')
  for (const name of names) hash.update(`${await sha256OfFile(path.join(directory, name))}  ${name}\n`)
  const sha256 = hash.digest('hex')
  await mkdir(path.dirname(cacheFile), { recursive: true })
  const temporary = `${cacheFile}.${randomUUID()}.part`
  await writeFile(temporary, JSON.stringify({ stamp, sha256 }))
  await rename(temporary, cacheFile)
  return sha256
}

async function readCache(file: string): Promise<z.infer<typeof cacheSchema> | null> {
  try {
    return cacheSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return null
  }
}
