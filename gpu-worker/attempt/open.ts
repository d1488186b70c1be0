import type { Job } from '@/lib/generated/prisma/client'
import { log } from '@/lib/log'
import type { Attempt } from '@/lib/queue/attempt'
import { fenced, LeaseLost, reportProgress, type Progress } from '@/lib/queue/lease'
import { startHeartbeat } from '@/gpu-worker/attempt/heartbeat'
import { LogLines } from '@/gpu-worker/attempt/log-lines'
import { Paced } from '@/gpu-worker/attempt/paced'
import { Stopped, type StopReason } from '@/gpu-worker/attempt/stop'
import { throughOutage } from '@/gpu-worker/outage'

export type OpenAttempt = {
  attempt: Attempt
  /** Asks the database now whether the claim holds and what is asked. */
  beat(): Promise<void>
  stop(reason: StopReason): void
  /** Writes the last progress and log lines and ends the heartbeat. */
  close(): Promise<void>
}

/** What a handler gets to work with, for a job that was just claimed. */
export function openAttempt(job: Job): OpenAttempt {
  const { id: jobId, projectId, epoch } = job
  const claim = { jobId, epoch }
  const aborter = new AbortController()
  const stop = (reason: StopReason) => {
    if (!aborter.signal.aborted) aborter.abort(reason === 'lease-lost' ? new LeaseLost(`Job ${job.id} is no longer in epoch ${job.epoch}`) : new Stopped(reason))
  }
  // Telemetry that cannot be written is no reason to lose the work; a claim that is lost is.
  const onFailure = (error: unknown) => {
    if (error instanceof LeaseLost) stop('lease-lost')
    else log.error({ err: error, job: jobId }, 'progress or log lines could not be written')
  }

  let latest: Progress | undefined
  const progressPace = new Paced(async () => {
    if (latest) await reportProgress(claim, latest)
  }, onFailure)
  const lines = new LogLines(claim, projectId, onFailure)

  let resolveKeep = () => {}
  const keepRequested = new Promise<void>((resolve) => {
    resolveKeep = resolve
  })
  const pauser = new AbortController()
  const listeners: (() => void)[] = []
  const heartbeat = startHeartbeat(claim, (asked) => {
    if (asked === null) stop('lease-lost')
    if (asked === 'cancel') stop('cancel')
    if (asked === 'keep') resolveKeep()
    if (asked === 'pause') pauser.abort()
    for (const listener of listeners) listener()
  })

  return {
    attempt: {
      jobId,
      projectId,
      subjectId: job.subjectId,
      epoch,
      signal: aborter.signal,
      keepRequested,
      pausing: pauser.signal,
      onBeat: (listener) => void listeners.push(listener),
      progress(progress) {
        latest = progress
        progressPace.touch()
      },
      write: (work) => throughOutage(() => fenced(claim, work), aborter.signal),
      log: (source, text, chinese) => lines.add(source, text, chinese),
    },
    beat: heartbeat.beat,
    stop,
    async close() {
      await Promise.all([progressPace.close(), lines.close()])
      heartbeat.stop()
    },
  }
}
