import { endProcess } from '../services/processes.mjs'

// In this order: what uses the database before the database.
const howToEnd = {
  web: { graceMs: 10_000 },
  worker: { graceMs: 60_000 },
  valkey: { graceMs: 10_000 },
  postgres: { signal: 'SIGINT', graceMs: 30_000, lastSignal: 'SIGQUIT' },
}

/**
 * Ends what a supervisor that was killed has left running. Web and worker end by themselves when it is
 * gone, but may still be at it; PostgreSQL and Valkey run on. None is ended whose id is another's by now.
 */
export async function endLeftovers(before) {
  for (const [name, how] of Object.entries(howToEnd)) {
    const identity = before?.children?.[name]
    if (identity) await endProcess(identity, how)
  }
}
