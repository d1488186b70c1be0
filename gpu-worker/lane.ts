import type { Job } from '@/lib/generated/prisma/client'
import { ring } from '@/lib/queue/enqueue'
import { claimNext, firstQueued } from '@/lib/queue/lease'
import { log } from '@/lib/log'
import { isOutage } from '@/gpu-worker/outage'
import { owner } from '@/gpu-worker/owner'
import { runJob, type Handlers, type RunningJob } from '@/gpu-worker/run-job'

export type LaneName = 'cpu' | 'gpu'

/** Runs the queued jobs of one lane, so many at once. A bell or the sweep wakes it; PostgreSQL says what there is to do. */
export class Lane {
  readonly running = new Set<RunningJob>()
  private loops = 0
  private isStopping = false

  constructor(
    readonly name: LaneName,
    private readonly slots: number,
    private readonly device: string | null,
    private readonly handlers: Handlers,
  ) {}

  /** Takes jobs one after the other until the lane has none to give; returns at once when every slot is already doing so. */
  async runNext(): Promise<void> {
    if (this.isStopping || this.loops >= this.slots) return
    this.loops += 1
    try {
      for (let job = await this.claim(); job; job = await this.claim()) {
        // The next may be one that can use the device beside this one.
        if (this.device) void this.runNext()
        await this.run(job)
      }
    } finally {
      this.loops -= 1
    }
  }

  /** Takes no more jobs and asks the running ones to stop; they go back to the queue. */
  async stop(): Promise<void> {
    this.isStopping = true
    for (const job of this.running) job.stop('shutdown')
    await Promise.all([...this.running].map((job) => job.ended))
  }

  private async claim(): Promise<Job | null> {
    if (this.isStopping) return null
    try {
      return await claimNext(this.name, owner, this.device)
    } catch (error) {
      if (!isOutage(error)) log.error({ err: error, lane: this.name }, 'no job could be claimed')
      return null
    }
  }

  private async run(job: Job): Promise<void> {
    const running = runJob(job, this.handlers)
    this.running.add(running)
    if (this.isStopping) running.stop('shutdown')
    await running.ended
    this.running.delete(running)
    // Another worker may have been refused while this one held the device.
    if (this.device) await this.ringForNext()
  }

  private async ringForNext(): Promise<void> {
    try {
      const next = await firstQueued(this.name)
      if (next) await ring(next)
    } catch (error) {
      log.warn({ err: error, lane: this.name }, 'no bell for the next job; the sweep will ring')
    }
  }
}
