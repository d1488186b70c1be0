import path from 'node:path'
import { artifactPath } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { contextLimit } from '@/lib/models/context-limit'
import { tokenizerOf } from '@/lib/models/tokenizer'
import { modelDirectory } from '@/lib/stages/models'

/** The folder of a model of this machine by its name or folder; null where it is none or several are called so. */
export async function modelFolder(name: string): Promise<string | null> {
  const [known, ...others] = await db().model.findMany({ where: { name, OR: [{ kind: 'base' }, { sha256: { not: null } }] }, take: 2 })
  if (known && others.length === 0) return modelDirectory(known)
  if (name === 'starter') return path.resolve(env().home, artifactPath.starterModel())
  return /[\\/]/.test(name) ? path.resolve(name) : null
}

/** A model of this machine as far as a prompt's length goes; null where it cannot be read, which its start will say. */
export async function modelAsRead(name: string): Promise<{ countTokens: (text: string) => number; context: number | null } | null> {
  const directory = await modelFolder(name)
  if (directory === null) return null
  try {
    const [{ countTokens }, context] = await Promise.all([tokenizerOf(directory), contextLimit(directory)])
    return { countTokens, context }
  } catch {
    return null
  }
}
