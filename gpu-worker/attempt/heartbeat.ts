import { log } from '@/lib/log'
import { heartbeat, type Claim } from '@/lib/queue/lease'
import type { StopRequest } from '@/lib/generated/prisma/client'

const everyMs = 2_000

export type Heartbeat = {
  /** Beats now; resolves when the database has answered or could not be asked. */
  beat(): Promise<void>
  stop(): void
}

/**
 * Renews the claim's lease and hears what is asked of the attempt. While the database does not answer, the attempt
 * goes on: only the database can say that the claim is lost (`onAnswer(null)`).
 */
export function startHeartbeat(claim: Claim, onAnswer: (asked: StopRequest | null) => void): Heartbeat {
  let inFlight: Promise<void> | undefined
  let isStopped = false

  async function ask(): Promise<void> {
    try {
      const asked = await heartbeat(claim)
      if (!isStopped) onAnswer(asked)
    } catch (error) {
      log.warn({ err: error, job: claim.jobId }, 'no heartbeat: the database does not answer')
    }
  }

  async function beat(): Promise<void> {
    inFlight ??= ask().finally(() => {
      inFlight = undefined
    })
    return inFlight
  }

  const timer = setInterval(() => void beat(), everyMs)
  return {
    beat,
    stop() {
      isStopped = true
      clearInterval(timer)
    },
  }
}
