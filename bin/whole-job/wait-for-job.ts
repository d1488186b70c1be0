import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { isErrorCode, MolianError, type ErrorParams } from '@/lib/errors'
import { listen } from '@/lib/events'
import type { Job } from '@/lib/generated/prisma/client'
import { z } from 'zod'

const params = z.record(z.string(), z.union([z.string(), z.number()])).catch({})

/** Asks the database anew at least so often, in milliseconds, whatever was or was not heard. */
const lookEvery = 1000

/**
 * Resolves when the job has succeeded; `onChange` hears every state and progress on the way.
 * Throws the job's own error, or job.cancelled. An outage of the database is waited out.
 */
export async function waitForJob(jobId: string, onChange: (job: Job) => void): Promise<Job> {
  let wake = () => {}
  const listener = await listen(env().databaseUrl, (change) => change.id === jobId && wake(), () => wake()).catch(() => null)
  try {
    for (;;) {
      const changed = new Promise<void>((resolve) => {
        wake = resolve
      })
      const job = await db().job.findUnique({ where: { id: jobId } }).catch(() => undefined)
      if (job === null) throw new MolianError('job.missing', { job: jobId })
      if (job) {
        onChange(job)
        if (job.state === 'succeeded') return job
        if (job.state === 'failed') throw errorOf(job)
        if (job.state === 'cancelled') throw new MolianError('job.cancelled', { name: job.name })
      }
      await Promise.race([changed, pause(lookEvery)])
    }
  } finally {
    await listener?.close()
  }
}

function errorOf(job: Job): MolianError {
  const code = job.errorCode ?? 'internal'
  const known: ErrorParams = params.parse(job.errorParams)
  return isErrorCode(code) ? new MolianError(code, known) : new MolianError('internal', { reason: job.errorText ?? code })
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })
}
