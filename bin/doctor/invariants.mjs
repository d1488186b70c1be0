import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkout } from '../home.mjs'

/** The queries of prisma/invariants.sql, each after a line `-- name: …`, each to return no rows. */
export function readInvariants(file = join(checkout, 'prisma/invariants.sql')) {
  return readFileSync(file, 'utf8')
    .split(/^-- name:/m)
    .slice(1)
    .map((block) => {
      const [name, ...query] = block.split('\n')
      return { name: name.trim(), query: query.join('\n').trim() }
    })
}

/** Asks the database of this URL whether its invariants hold: the name and row count of each that does not. */
export async function brokenInvariants(databaseUrl) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    const broken = []
    for (const { name, query } of readInvariants()) {
      const { rowCount } = await client.query(query)
      if (rowCount) broken.push({ name, rows: rowCount })
    }
    return broken
  } finally {
    await client.end()
  }
}
