import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import { ring } from '@/lib/queue/enqueue'
import { reopen, requestPause, resume } from '@/lib/queue/lease'
import { premiseRunSettings } from '@/lib/stages/premises/premises'

/** Lets what is in flight end and asks nothing more, until it is gone on with. */
export async function pausePremises(projectId: string, premiseRunId: string): Promise<void> {
  await requestPause(await jobOf(projectId, premiseRunId))
}

/** Goes on with a paused run from what is finished. */
export async function resumePremises(projectId: string, premiseRunId: string): Promise<void> {
  const job = await resume(await jobOf(projectId, premiseRunId))
  if (job) await ring(job)
}

/** The most calls at once from now on; a running worker hears of it at once. */
export async function setConcurrency(projectId: string, premiseRunId: string, concurrency: number): Promise<void> {
  await change(projectId, premiseRunId, { concurrency })
}

/** What the run may spend in all, in its currency; null: as much as it takes. Throws premises.budget-without-price. */
export async function setBudget(projectId: string, premiseRunId: string, budget: number | null): Promise<void> {
  if (budget !== null) {
    const run = await db().premiseRun.findFirst({ where: { id: premiseRunId, projectId }, select: { currency: true } })
    if (run && run.currency === null) throw new MolianError('premises.budget-without-price')
  }
  await change(projectId, premiseRunId, { budget })
}

/**
 * Asks anew about the passages of a run that have ended that way, and about no other. A premise that a person has
 * written in the place of a refused one stays. Each gets the settings' tries once more. Says how many there are.
 */
export async function retryPassages(projectId: string, premiseRunId: string, outcomes: readonly ('refused' | 'failed')[]): Promise<number> {
  const run = await db().premiseRun.findFirst({ where: { id: premiseRunId, projectId } })
  if (!run) throw new MolianError('run.missing', { what: 'premise run' })
  const { sampling } = premiseRunSettings.parse(run.settings)
  let count = 0
  const job = await reopen(run.jobId, async (tx) => {
    const removed = await tx.premise.deleteMany({ where: { premiseRunId, outcome: { in: [...outcomes] }, edited: null } })
    count = removed.count
    if (count === 0) throw new MolianError('premises.nothing-to-retry')
    await tx.premiseRun.update({ where: { id: premiseRunId }, data: { extraTries: { increment: sampling.tries } } })
    await announce(tx, { project: projectId, topic: 'premises', id: premiseRunId })
  })
  if (!job) throw new MolianError('premises.still-running')
  await ring(job)
  return count
}

async function jobOf(projectId: string, premiseRunId: string): Promise<string> {
  const run = await db().premiseRun.findFirst({ where: { id: premiseRunId, projectId }, select: { jobId: true } })
  if (!run) throw new MolianError('run.missing', { what: 'premise run' })
  return run.jobId
}

async function change(projectId: string, premiseRunId: string, data: { concurrency: number } | { budget: number | null }): Promise<void> {
  const jobId = await jobOf(projectId, premiseRunId)
  await db().$transaction(async (tx) => {
    await tx.premiseRun.update({ where: { id: premiseRunId }, data })
    await announce(tx, { project: projectId, topic: 'steer', id: jobId })
    await announce(tx, { project: projectId, topic: 'premises', id: premiseRunId })
  })
}
