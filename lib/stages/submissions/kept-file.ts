import { stat } from 'node:fs/promises'
import { inHome, sha256OfFile } from '@/lib/artifacts'
import { MolianError } from '@/lib/errors'
import type { Submission } from '@/lib/generated/prisma/client'

/** What can be seen of a submission's file without reading it: `other` has another size than the one that was checked. */
export type KeptFile = 'there' | 'gone' | 'other'

/** Looks after the file of a submission that was made; null of one that has none yet. */
export async function keptFile({ path, bytes }: Pick<Submission, 'path' | 'bytes'>): Promise<KeptFile | null> {
  if (path === null || bytes === null) return null
  const found = await stat(inHome(path)).catch(() => null)
  if (!found?.isFile()) return 'gone'
  return found.size === bytes ? 'there' : 'other'
}

/** The address of a file that is still, byte for byte, the one that was checked. Throws submission.file-gone and submission.file-changed. */
export async function verifiedFile({ path, sha256 }: { path: string; sha256: string }): Promise<string> {
  const file = inHome(path)
  const found = await sha256OfFile(file).catch(() => null)
  if (found === null) throw new MolianError('submission.file-gone')
  if (found !== sha256) throw new MolianError('submission.file-changed', { expected: sha256, found })
  return file
}
