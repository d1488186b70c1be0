import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

let isLoaded = false

/**
 * Runs `use` with Prisma's schema engine on the database of this URL. It is the engine the Prisma
 * CLI downloads as a program, here as WebAssembly from npm, so that no download is needed.
 */
export async function withSchemaEngine(url, use) {
  load()
  const pool = new pg.Pool({ connectionString: url })
  pool.on('error', () => {})
  const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScripts(pool))
  try {
    const engine = await bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter)
    try {
      return await use(engine)
    } finally {
      engine.free()
    }
  } finally {
    await pool.end()
  }
}

/** Prisma's own adapter cuts a script at every semicolon, in the middle of a function's body too. */
class WholeScripts extends PrismaPg {
  async connect() {
    const adapter = await super.connect()
    adapter.executeScript = async (script) => {
      await adapter.client.query(script).catch((error) => adapter.onError(error))
    }
    return adapter
  }
}

function load() {
  if (isLoaded) return
  const require = createRequire(import.meta.url)
  const file = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm')
  const instance = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)), {
    './schema_engine_bg.js': bindings,
  })
  bindings.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  isLoaded = true
}
