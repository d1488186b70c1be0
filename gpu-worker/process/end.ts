import { setTimeout as pause } from 'node:timers/promises'
import { endMarked, sendSignal, type Marker } from '@/gpu-worker/process/marked'

/** What the tether takes beyond the grace period to kill and to look around. */
const marginMs = 3_000

/**
 * Ends a tethered program: SIGTERM to the tether, which passes it on, waits for the grace period and kills what is left;
 * a tether that does not manage is killed itself. Then every process with the attempt's mark, in whatever group it hides.
 */
export async function endTethered(pid: number, marker: Marker, exited: Promise<number>, graceMs: number): Promise<void> {
  if (pid > 0) {
    sendSignal(pid, 'SIGTERM')
    const isGone = await Promise.race([exited.then(() => true), pause(graceMs + marginMs, false, { ref: false })])
    if (!isGone) sendSignal(-pid, 'SIGKILL')
  }
  await endAttempt(marker)
}

/** Kills every process that carries the attempt's mark, the tether among them. */
export async function endAttempt({ jobId, epoch }: Pick<Marker, 'jobId' | 'epoch'>): Promise<void> {
  await endMarked((process) => process.jobId === jobId && process.epoch === epoch)
}
