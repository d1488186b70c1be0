import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { startPostgres } from '@/bin/services/postgres.mjs'

const home = mkdtempSync(join(tmpdir(), 'molian-copied-'))
// As a home is: the server's user may pass through.
chmodSync(home, 0o711)
afterAll(() => rmSync(home, { recursive: true, force: true }))

async function ask(directory: string, sql: string): Promise<unknown[]> {
  const server = await startPostgres({ directory, log: join(home, 'postgres.log'), settings: { fsync: 'off' } })
  try {
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    const { rows } = await client.query<Record<string, unknown>>(sql)
    await client.end()
    return rows
  } finally {
    await server.stop()
  }
}

test('a cluster that was copied, whoever owns the copy, is started with what it holds', async () => {
  const [first, copy] = [join(home, 'first'), join(home, 'copy')]
  await ask(first, 'CREATE TABLE shelf AS SELECT 7 AS books')
  cpSync(first, copy, { recursive: true, verbatimSymlinks: true })
  expect(await ask(copy, 'SELECT books FROM shelf')).toEqual([{ books: 7 }])
})
