import { setTimeout as pause } from 'node:timers/promises'

export const patience = { firstMs: 500, mostMs: 30_000, healthyAfterMs: 60_000 }

/**
 * Starts a child and starts it again whenever it dies, waiting 0.5 s at first and twice as long each
 * time up to 30 s; a minute of life makes the wait short again. The first start's failure is the caller's.
 * @template {{child: import('node:child_process').ChildProcess, stop(): Promise<unknown>}} Handle
 * @param {{start: () => Promise<Handle>, onStart?: (handle: Handle) => void,
 *   onDeath?: (death: {code: number | null, signal: string | null, error?: Error, waitMs: number}) => void,
 *   backOff?: {firstMs: number, mostMs: number, healthyAfterMs: number}}} options
 */
export async function keep({ start, onStart = () => {}, onDeath = () => {}, backOff = patience }) {
  const ending = new AbortController()
  let waitMs = backOff.firstMs
  let current = await start()
  let since = Date.now()
  onStart(current)
  const watch = (async () => {
    while (!ending.signal.aborted) {
      const death = await deathOf(current.child)
      if (ending.signal.aborted) return
      if (Date.now() - since >= backOff.healthyAfterMs) waitMs = backOff.firstMs
      onDeath({ ...death, waitMs })
      await again()
    }
  })()

  async function again() {
    for (;;) {
      await pause(waitMs, undefined, { signal: ending.signal }).catch(() => {})
      if (ending.signal.aborted) return
      waitMs = Math.min(waitMs * 2, backOff.mostMs)
      try {
        const next = await start()
        current = next
        since = Date.now()
        if (ending.signal.aborted) await next.stop()
        else onStart(next)
        return
      } catch (error) {
        onDeath({ code: null, signal: null, error, waitMs })
      }
    }
  }

  return {
    get current() {
      return current
    },
    async stop() {
      ending.abort()
      await current.stop()
      await watch
    },
  }
}

function deathOf(child) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
    return Promise.resolve({ code: child.exitCode, signal: child.signalCode })
  }
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
}
