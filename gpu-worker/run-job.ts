import { setTimeout as pause } from 'node:timers/promises'
import { asMolianError, MolianError } from '@/lib/errors'
import type { Job } from '@/lib/generated/prisma/client'
import { log } from '@/lib/log'
import type { Handler } from '@/lib/queue/attempt'
import { jobNameSchema, needsDeviceItself, type JobName } from '@/lib/queue/jobs'
import { finish, LeaseLost, Paused, type Ending } from '@/lib/queue/lease'
import { openAttempt } from '@/gpu-worker/attempt/open'
import { stopReasonOf, type StopReason } from '@/gpu-worker/attempt/stop'
import { warmEngine } from '@/gpu-worker/engine/warm-engine'
import { throughOutage } from '@/gpu-worker/outage'
import { endAttempt } from '@/gpu-worker/process/end'
import { endMarked } from '@/gpu-worker/process/marked'

export type Handlers = Record<JobName, Handler>

export type RunningJob = {
  readonly jobId: string
  beat(): Promise<void>
  stop(reason: StopReason): void
  /** Resolves when the attempt has ended and its ending is written, or is not to be written. Never rejects. */
  readonly ended: Promise<void>
}

/** How often a job is tried whose engine dies under it: what is finished stays finished, and the engine is started anew after a while. */
const engineTries = 4

/** Longest wait for a handler that was told to stop; what it does afterwards is fenced off. */
const stopWithinMs = 20_000

/** Runs one claimed job to its end: the only place that turns how a handler ended into how its job ended. */
export function runJob(job: Job, handlers: Handlers): RunningJob {
  const open = openAttempt(job)
  const claim = { jobId: job.id, epoch: job.epoch }
  const { signal } = open.attempt

  async function run(): Promise<void> {
    log.info({ job: job.id, name: job.name, epoch: job.epoch }, 'job started')
    // Whatever an earlier attempt of this job left running on this machine would write into the same directory.
    if (job.epoch > 1) await endMarked((process) => process.jobId === job.id && process.epoch < job.epoch)
    await open.beat()
    const ending = await endingOf()
    await open.close()
    if (ending) await throughOutage(() => finish(claim, ending))
    log.info({ job: job.id, epoch: job.epoch, ending: ending?.state ?? 'lease lost' }, 'job ended')
  }

  async function endingOf(): Promise<Ending | null> {
    try {
      signal.throwIfAborted()
      const name = jobNameSchema.parse(job.name)
      const handler = handlers[name]
      if (needsDeviceItself(name)) await warmEngine.giveWay(signal)
      return { state: 'succeeded', result: await Promise.race([handler(open.attempt), tooLate(signal)]) }
    } catch (error) {
      if (error instanceof LeaseLost) return null
      if (error instanceof Paused && stopReasonOf(signal) === null) return { state: 'paused', why: error.why }
      switch (stopReasonOf(signal)) {
        case 'lease-lost':
          return null
        case 'cancel':
          return { state: 'cancelled' }
        case 'shutdown':
          return { state: 'queued' }
        case null:
          if (isEngineDeath(error) && job.attempts < engineTries) {
            open.attempt.log('worker', `${error.message} It is tried again by itself.`)
            return { state: 'again' }
          }
          log.error({ err: error, job: job.id }, 'job failed')
          return { state: 'failed', error: asMolianError(error) }
      }
    } finally {
      await endAttempt(claim)
    }
  }

  const ended = run().catch((error: unknown) => log.error({ err: error, job: job.id }, 'the attempt could not be ended; its lease will'))
  return { jobId: job.id, beat: open.beat, stop: open.stop, ended }
}

/** Rejects some time after the signal was aborted; never resolves. */
async function tooLate(signal: AbortSignal): Promise<never> {
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
  await pause(stopWithinMs, undefined, { ref: false })
  throw signal.reason
}

function isEngineDeath(error: unknown): error is MolianError {
  return error instanceof MolianError && (error.code === 'engine.died' || error.code === 'engine.hung' || error.code === 'engine.killed')
}
