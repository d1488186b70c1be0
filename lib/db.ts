import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { env } from '@/lib/env'
import { Prisma, PrismaClient } from '@/lib/generated/prisma/client'

export type Db = PrismaClient
export type Tx = Prisma.TransactionClient

const shared: typeof globalThis & { molianDb?: PrismaClient; molianTables?: string; molianPool?: pg.Pool } = globalThis

/** The columns that this code knows. */
const tables = JSON.stringify(Object.entries(Prisma).filter(([name]) => name.endsWith('ScalarFieldEnum')))

/**
 * PostgreSQL ends a session that holds a transaction and says nothing for so long. A worker stopped in the middle of a
 * fenced write would otherwise keep its job's row locked, and nobody could take the job over.
 */
const idleInTransactionMs = 15_000

/** The one Prisma client of this process (kept over hot reloads in development, until the tables change). */
export function db(): PrismaClient {
  if (shared.molianTables !== tables) {
    void shared.molianDb?.$disconnect()
    shared.molianDb = undefined
    shared.molianTables = tables
  }
  shared.molianDb ??= new PrismaClient({
    adapter: new PrismaPg({ connectionString: env().databaseUrl, max: 10, idle_in_transaction_session_timeout: idleInTransactionMs }),
    transactionOptions: { maxWait: 15_000, timeout: 60_000 },
  })
  return shared.molianDb
}

/** Plain connections for what Prisma does not do: COPY and LISTEN. */
export function pool(): pg.Pool {
  if (!shared.molianPool) {
    shared.molianPool = new pg.Pool({ connectionString: env().databaseUrl, max: 6, idle_in_transaction_session_timeout: idleInTransactionMs })
    // An idle connection that dies (PostgreSQL restarted) is replaced at the next use; unheard, it would end the process.
    shared.molianPool.on('error', () => {})
  }
  return shared.molianPool
}

export async function closeDb(): Promise<void> {
  await Promise.all([shared.molianDb?.$disconnect(), shared.molianPool?.end()])
  shared.molianDb = undefined
  shared.molianPool = undefined
}
