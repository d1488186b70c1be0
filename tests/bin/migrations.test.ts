import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applyMigrations, readMigrations } from '@/bin/setup/migrations.mjs'
import { createTestDatabase, type TestDatabase } from '@/tests/support/postgres'

let database: TestDatabase
let directory: string

beforeAll(async () => {
  database = await createTestDatabase()
  directory = mkdtempSync(join(tmpdir(), 'molian-migrations-'))
})

afterAll(async () => {
  rmSync(directory, { recursive: true, force: true })
  await database.drop()
})

describe('applyMigrations', () => {
  it('has brought a fresh database up to date, and does nothing the second time', async () => {
    const names = readMigrations().migrationDirectories.map(({ path }) => path)
    expect(names.length).toBeGreaterThan(0)
    const rows = await ask('SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1')
    expect(rows.map((row) => row.migration_name)).toEqual(names)
    expect(await applyMigrations(database.url)).toEqual([])
  })

  it('applies only what is missing, in order', async () => {
    addOwnMigrations()
    addMigration('29990101000000_shelf', 'CREATE TABLE "Shelf" ("id" int PRIMARY KEY);')
    const body = 'BEGIN RETURN 1; END'
    addMigration('29990102000000_shelf_name', `ALTER TABLE "Shelf" ADD COLUMN "name" text; CREATE FUNCTION one() RETURNS int LANGUAGE plpgsql AS $$ ${body} $$;`)
    expect(await applyMigrations(database.url, directory)).toEqual(['29990101000000_shelf', '29990102000000_shelf_name'])
    expect(await ask('SELECT "id", "name" FROM "Shelf"')).toEqual([])
  })

  it('refuses a database that a newer version has changed, naming the migrations', async () => {
    await expect(applyMigrations(database.url)).rejects.toMatchObject({
      code: 'migrations.newer',
      params: { migrations: '29990101000000_shelf, 29990102000000_shelf_name' },
    })
  })

  it('says why when a migration fails', async () => {
    addMigration('29990103000000_broken', 'ALTER TABLE "NoSuchTable" ADD COLUMN "name" text;')
    await expect(applyMigrations(database.url, directory)).rejects.toMatchObject({
      code: 'migrations.failed',
      message: expect.stringContaining('NoSuchTable'),
    })
  })
})

function addOwnMigrations() {
  for (const { path, migrationFile } of readMigrations().migrationDirectories) addMigration(path, migrationFile.content.value)
}

function addMigration(name: string, sql: string) {
  mkdirSync(join(directory, name))
  writeFileSync(join(directory, name, 'migration.sql'), sql)
}

async function ask(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
