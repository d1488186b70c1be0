import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { pool } from '@/lib/db'
import type { Locale } from '@/lib/error-sentences'

export type InvariantReport = { checked: number; broken: { name: Record<Locale, string>; rows: number }[] }

/** Longest that one query may take, in milliseconds: the check must not hold up the work it looks at. */
const longest = 15_000

/** Runs prisma/invariants.sql, each query of which is to return no rows, in one transaction that can change nothing. */
export async function checkInvariants(): Promise<InvariantReport> {
  const text = await readFile(path.join(process.cwd(), 'prisma', 'invariants.sql'), 'utf8')
  const queries = text.split(/^-- name: /m).slice(1)
  const client = await pool().connect()
  try {
    await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${longest}`)
    const broken: InvariantReport['broken'] = []
    for (const part of queries) {
      const end = part.indexOf('\n')
      const { rowCount } = await client.query(part.slice(end))
      const en = part.slice(0, end).trim()
      if (rowCount) broken.push({ name: { en, zh: /^-- zh: (.+)$/m.exec(part)?.[1] ?? en }, rows: rowCount })
    }
    return { checked: queries.length, broken }
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
}
