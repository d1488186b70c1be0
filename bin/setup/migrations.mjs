import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { SetupFailure } from '../failure.mjs'
import { checkout } from '../home.mjs'
import { withSchemaEngine } from './schema-engine.mjs'

export const migrationsDirectory = join(checkout, 'prisma/migrations')
export const lockfileContent = 'provider = "postgresql"\n'
export const noFilters = { externalTables: [], externalEnums: [] }

/** The migrations on disk, oldest first, in the form the schema engine wants. */
export function readMigrations(directory = migrationsDirectory) {
  const names = existsSync(directory)
    ? readdirSync(directory).filter((name) => existsSync(join(directory, name, 'migration.sql'))).sort()
    : []
  const lockfile = join(directory, 'migration_lock.toml')
  return {
    baseDir: directory,
    lockfile: { path: 'migration_lock.toml', content: existsSync(lockfile) ? readFileSync(lockfile, 'utf8') : lockfileContent },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(directory, name, 'migration.sql'), 'utf8') },
      },
    })),
  }
}

/**
 * Brings the database of this URL up to date; the names of what was applied, none when it already was.
 * `_prisma_migrations` is kept as the Prisma CLI keeps it, so that both can be used on one database.
 */
export async function applyMigrations(url, directory = migrationsDirectory) {
  const migrationsList = readMigrations(directory)
  const known = migrationsList.migrationDirectories.map(({ path }) => path)
  const applied = await appliedMigrations(url)
  const newer = applied.filter((name) => !known.includes(name)).sort()
  if (newer.length > 0) throw new SetupFailure('migrations.newer', { migrations: newer.join(', ') })
  // Asking PostgreSQL is quick, loading the engine takes a second: most starts need no engine.
  if (known.every((name) => applied.includes(name))) return []
  try {
    const result = await withSchemaEngine(url, (engine) => engine.applyMigrations({ migrationsList, filters: noFilters }))
    return result.appliedMigrationNames
  } catch (error) {
    throw new SetupFailure('migrations.failed', { reason: error.message ?? String(error) }, { cause: error })
  }
}

async function appliedMigrations(url) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS present`)
    if (!rows[0].present) return []
    const migrations = await client.query(
      'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    )
    return migrations.rows.map((row) => row.migration_name)
  } finally {
    await client.end()
  }
}
