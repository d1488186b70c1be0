import { setTimeout as pause } from 'node:timers/promises'
import { log } from '@/lib/log'

const connectionCodes = new Set([
  // Node's own
  'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH',
  // PostgreSQL: connection exceptions, being shut down, starting up, too many connections
  '08000', '08001', '08003', '08004', '08006', '57P01', '57P02', '57P03', '53300',
  // Prisma: cannot reach, timed out, too many connections, closed, no transaction could be started or kept
  'P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037',
])

/** Whether an error means that PostgreSQL is away for now, rather than that it refused what was asked. */
export function isOutage(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; depth += 1) {
    if ('code' in at && typeof at.code === 'string' && connectionCodes.has(at.code)) return true
    if (/Connection terminated|connection timeout|Client has encountered a connection error|Can't reach database server|Server has closed the connection|terminating connection|the database system is|timeout exceeded when trying to connect/i.test(at.message)) return true
    at = at.cause
  }
  return false
}

/** Does the work, and again with growing pauses (at most 2 s) for as long as the database is away; other errors pass through. */
export async function throughOutage<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let wait = 100; ; wait = Math.min(wait * 2, 2_000)) {
    try {
      return await work()
    } catch (error) {
      if (!isOutage(error) || signal?.aborted) throw error
      if (wait === 100) log.warn({ err: error }, 'the database is away; trying again until it answers')
      await pause(wait, undefined, signal ? { signal } : {})
    }
  }
}
