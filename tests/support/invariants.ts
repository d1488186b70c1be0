import { readFileSync } from 'node:fs'
import pg from 'pg'
import { expect } from 'vitest'

/** Runs every query of prisma/invariants.sql; what a query returns is a breach, under the query's name. */
export async function expectInvariants(databaseUrl: string): Promise<void> {
  const file = readFileSync(new URL('../../prisma/invariants.sql', import.meta.url), 'utf8')
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const breaches: Record<string, unknown[]> = {}
    for (const part of file.split(/^-- name: /m).slice(1)) {
      const [name = '', ...query] = part.split('\n')
      const { rows } = await client.query(query.join('\n'))
      if (rows.length > 0) breaches[name] = rows
    }
    expect(breaches).toEqual({})
  } finally {
    await client.end()
  }
}
