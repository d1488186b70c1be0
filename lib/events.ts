import pg from 'pg'
import { z } from 'zod'
import type { Tx, Db } from '@/lib/db'

export const channel = 'molian'

/** What changed; never the change itself: whoever hears it reads the database, which has everything. */
export const changeSchema = z.object({
  project: z.string().nullable(),
  topic: z.enum(['job', 'upload', 'duplicates', 'search', 'passages', 'premises', 'pairs', 'metrics', 'samples', 'stories', 'plays', 'submissions', 'engine', 'engine-load', 'stop', 'steer']),
  id: z.string(),
})

export type Change = z.infer<typeof changeSchema>

/** Tells every listener of the database that something changed, at the commit of `tx`. */
export async function announce(tx: Tx | Db, change: Change): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${channel}, ${JSON.stringify(change)})`
}

export type Listener = { close(): Promise<void> }

/**
 * Hears every change until closed; a lost connection is made again, and then `onReconnect` runs,
 * because whatever was announced meanwhile has passed by unheard.
 */
export async function listen(databaseUrl: string, onChange: (change: Change) => void, onReconnect: () => void): Promise<Listener> {
  let closed = false
  let client: pg.Client | undefined
  let retry: NodeJS.Timeout | undefined

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: databaseUrl, keepAlive: true })
    next.on('notification', (message) => {
      const change = changeSchema.safeParse(parseJson(message.payload ?? ''))
      if (change.success) onChange(change.data)
    })
    next.on('error', () => lost(next))
    next.on('end', () => lost(next))
    await next.connect()
    await next.query(`LISTEN ${channel}`)
    // Closed while it was connecting: nobody would end it later.
    if (closed) return next.end()
    client = next
  }

  function lost(which: pg.Client): void {
    if (closed || client !== which) return
    client = undefined
    again()
  }

  function again(): void {
    clearTimeout(retry)
    retry = setTimeout(() => {
      connect().then(() => !closed && onReconnect(), () => !closed && again())
    }, 500)
  }

  await connect()
  return {
    async close() {
      closed = true
      clearTimeout(retry)
      await client?.end()
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
