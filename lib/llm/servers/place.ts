import { setMaxListeners } from 'node:events'
import type { Permit } from '@/lib/llm/limiter/limiter'
import type { ListedServer } from '@/lib/llm/servers/listed-server'

/**
 * The server that would answer one more question soonest: fewest in flight, weighed by how long its answers take now. That evens out
 * where each is kept as full as it is fast, since one that gets more answers later. Null of none.
 */
export function leastBusy(servers: readonly ListedServer[]): ListedServer | null {
  const known = servers.flatMap((server) => server.usualMs() ?? [])
  const mean = known.length > 0 ? known.reduce((sum, ms) => sum + ms, 0) / known.length : 1
  const load = (server: ListedServer) => (server.limiter.state().inFlight + 1) * (server.usualMs() ?? mean)
  return servers.reduce<ListedServer | null>((best, each) => (best === null || load(each) < load(best) ? each : best), null)
}

/** Waits at all of these servers for the first room; null when a server came or went meanwhile, so that the choice is another. Rejects with the signal's reason. */
export async function firstRoom(
  servers: readonly ListedServer[],
  tokens: number,
  signal: AbortSignal,
  again: boolean,
  onChange: (listener: () => void) => () => void,
): Promise<{ server: ListedServer; permit: Permit } | null> {
  const over = new AbortController()
  setMaxListeners(0, signal)
  let stop = () => {}
  try {
    return await new Promise((resolve, reject) => {
      const settled = (settle: () => void) => {
        over.abort()
        settle()
      }
      const onAbort = () => settled(() => reject(signal.reason))
      const deafen = onChange(() => settled(() => resolve(null)))
      signal.addEventListener('abort', onAbort)
      stop = () => {
        deafen()
        signal.removeEventListener('abort', onAbort)
      }
      for (const server of servers) {
        server.limiter.permit(tokens, over.signal, again).then(
          (permit) => {
            // Of two that had room in the same moment only one is used.
            if (over.signal.aborted) return permit.end({ kind: 'unsent' })
            settled(() => resolve({ server, permit }))
          },
          () => {},
        )
      }
    })
  } finally {
    stop()
  }
}
