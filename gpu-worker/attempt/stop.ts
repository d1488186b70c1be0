import { LeaseLost } from '@/lib/queue/lease'

/** Why an attempt is to stop: a person's word, the worker going away, or another attempt having taken over. */
export type StopReason = 'cancel' | 'shutdown' | 'lease-lost'

/** What an attempt's signal aborts with. */
export class Stopped extends Error {
  override readonly name = 'Stopped'

  constructor(readonly reason: StopReason) {
    super(`Stopped: ${reason}`)
  }
}

/** The reason an attempt's signal was aborted for; null while it was not. */
export function stopReasonOf(signal: AbortSignal): StopReason | null {
  if (!signal.aborted) return null
  // Whoever writes for the attempt may be refused before its heartbeat learns that another has taken over.
  if (signal.reason instanceof LeaseLost) return 'lease-lost'
  return signal.reason instanceof Stopped ? signal.reason.reason : 'shutdown'
}
