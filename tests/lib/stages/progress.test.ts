import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { claimNext, reportProgress } from '@/lib/queue/lease'
import { progressOf } from '@/lib/stages/jobs'
import { makeJob } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()

async function claimed() {
  await makeJob()
  const job = await claimNext('cpu', 'tester', null)
  if (!job) throw new Error('nothing to claim')
  return { jobId: job.id, epoch: job.epoch }
}

describe('The remaining time', () => {
  it('is unknown until something of the present phase is done', async () => {
    const claim = await claimed()
    await reportProgress(claim, { done: 40, total: 100, phase: 'starting-engine' })
    await reportProgress(claim, { done: 40, total: 100, phase: 'writing' })
    const job = await db().job.findUniqueOrThrow({ where: { id: claim.jobId } })
    expect(job.phaseDone).toBe(40)
    expect(progressOf(job).remainingMs).toBeNull()
  })

  it('follows the pace of the present phase, not the time before it', async () => {
    const claim = await claimed()
    await reportProgress(claim, { done: 40, total: 100, phase: 'writing' })
    await reportProgress(claim, { done: 50, total: 100, phase: 'writing' })
    const job = await db().job.findUniqueOrThrow({ where: { id: claim.jobId } })
    const tenSecondsIn = new Date((job.phaseAt?.getTime() ?? 0) + 10_000)
    expect(progressOf(job, tenSecondsIn).remainingMs).toBe(50_000)
  })
})
