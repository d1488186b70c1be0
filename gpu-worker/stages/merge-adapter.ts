import { mkdir } from 'node:fs/promises'
import { z } from 'zod'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { weightsSha256 } from '@/lib/models/weights'
import type { Handler } from '@/lib/queue/attempt'
import { isPhase } from '@/lib/queue/phases'
import { modelDirectory } from '@/lib/stages/models'
import { baseOf, mergedDirectory, withOrigin } from '@/lib/stages/models/merging'
import { runPython } from '@/gpu-worker/process/run-python'

const done = z.object({ sha256: z.string(), bytes: z.int(), parameters: z.int() })

/** Merges an adapter into its base: a model of its own, whole or not there. */
export const mergeAdapter: Handler = async (attempt) => {
  const adapter = await db().adapter.findUniqueOrThrow({
    where: { id: attempt.subjectId },
    include: withOrigin,
  })
  const output = inHome(mergedDirectory(adapter))
  const directory = inHome(artifactPath.jobDirectory(attempt.jobId))
  await mkdir(directory, { recursive: true })
  const result = await runPython({
    attempt,
    script: 'merge_adapter.py',
    directory,
    config: { base_model: modelDirectory(baseOf(adapter)), adapter: inHome(adapter.directory), output },
    onEvent(event) {
      if (event.event === 'progress') attempt.progress({ done: event.done, total: event.total, phase: isPhase(event.note) ? event.note : 'merging' })
    },
  })
  const { bytes, parameters } = done.parse(result)
  const sha256 = await weightsSha256(output)
  await attempt.write((tx) =>
    tx.model.update({ where: { adapterId: adapter.id }, data: { sha256, bytes: BigInt(bytes), parameters: BigInt(parameters) } }),
  )
  return { sha256, bytes, parameters }
}
