import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetupFailure } from '../failure.mjs'
import { checkout } from '../home.mjs'
import { startTemporaryPostgres } from '../services/temporary-postgres.mjs'
import { lockfileContent, migrationsDirectory, noFilters } from '../setup/migrations.mjs'
import { withSchemaEngine } from '../setup/schema-engine.mjs'

/**
 * `molian migration NAME`: writes prisma/migrations/<time>_<name>/migration.sql, what leads from the
 * schema of the last migration to prisma/schema.prisma. The old schema is kept beside the migrations:
 * replaying them instead would see what only SQL can say (partial indexes, checks) and drop it.
 */
export default async function migration([name]) {
  if (!/^[a-z][a-z0-9_]*$/.test(name ?? '')) throw new SetupFailure('migration.name')
  const wanted = readFileSync(join(checkout, 'prisma/schema.prisma'), 'utf8')
  const migrated = join(migrationsDirectory, 'migrated.prisma')
  const script = await scriptOfChanges(existsSync(migrated) ? readFileSync(migrated, 'utf8') : null, wanted)
  if (!script) {
    console.log('prisma/schema.prisma says nothing that the migrations do not; nothing written.')
    return 0
  }
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const directory = join(migrationsDirectory, `${time}_${name}`)
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'migration.sql'), script)
  writeFileSync(join(migrationsDirectory, 'migration_lock.toml'), lockfileContent)
  writeFileSync(migrated, wanted)
  console.log(`Wrote ${join(directory, 'migration.sql')}`)
  return 0
}

/** The SQL from one schema to another; null when they say the same. The engine wants a server, though it asks it nothing. */
async function scriptOfChanges(before, after) {
  const schema = (content) => ({ tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] })
  const server = await startTemporaryPostgres()
  try {
    const { stdout } = await withSchemaEngine(server.url, (engine) =>
      engine.diff({
        from: before === null ? { tag: 'empty' } : schema(before),
        to: schema(after),
        script: true,
        exitCode: null,
        filters: noFilters,
      }),
    )
    const says = stdout?.split('\n').some((line) => line.trim() !== '' && !line.startsWith('--'))
    return says ? stdout : null
  } finally {
    await server.stop()
  }
}
