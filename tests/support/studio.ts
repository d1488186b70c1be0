import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { closeDb } from '@/lib/db'
import { closeQueues } from '@/lib/queue/enqueue'
import { createTestDatabase } from '@/tests/support/postgres'
import { createTestValkey } from '@/tests/support/valkey'

/** Gives the test file a database, a queue and a home of its own, from before its first test until after its last. */
export function useStudio(): void {
  const endings: (() => Promise<void> | void)[] = []
  beforeAll(async () => {
    const home = mkdtempSync(join(tmpdir(), 'molian-home-'))
    chmodSync(home, 0o700)
    process.env.MOLIAN_HOME = home
    endings.push(() => rmSync(home, { recursive: true, force: true }))
    const database = await createTestDatabase()
    process.env.DATABASE_URL = database.url
    endings.push(database.drop)
    const valkey = await createTestValkey()
    process.env.REDIS_URL = valkey.url
    endings.push(valkey.drop)
  })
  afterAll(async () => {
    await closeQueues()
    await closeDb()
    for (const end of endings.reverse()) await end()
  })
}
