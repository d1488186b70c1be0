import { z } from 'zod'
import { artifactPath, inHome, sha256OfFile } from '@/lib/artifacts'
import { MolianError } from '@/lib/errors'
import type { Prisma } from '@/lib/generated/prisma/client'

type Version = Prisma.DatasetVersionGetPayload<{ include: { job: true } }>

/** What freeze-dataset says of its files; versions frozen before it did so say nothing. */
const frozen = z.object({ fileHashes: z.object({ training: z.string(), validation: z.string() }) })

/**
 * The files of a dataset version, `validation` empty where it holds none out. Throws training.pairs-changed where a file
 * is not the one that was frozen; one that is gone the trainer itself names.
 */
export async function frozenFiles(version: Version): Promise<{ training: string; validation: string }> {
  const files = { training: inHome(artifactPath.trainingPairs(version.id)), validation: version.validationPairs > 0 ? inHome(artifactPath.validationPairs(version.id)) : '' }
  const told = frozen.safeParse(version.job.result).data?.fileHashes
  for (const split of ['training', 'validation'] as const) {
    const file = files[split]
    const sha256 = file && told ? await sha256OfFile(file).catch(() => null) : null
    if (sha256 !== null && sha256 !== told?.[split]) throw new MolianError('training.pairs-changed', { file })
  }
  return files
}
