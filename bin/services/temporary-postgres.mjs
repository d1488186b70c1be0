import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from './postgres.mjs'

/** Starts a PostgreSQL that nobody will miss: its own directory, no waiting for the disk, gone after `stop`. */
export async function startTemporaryPostgres() {
  const directory = mkdtempSync(join(tmpdir(), 'molian-postgres-'))
  chmodSync(directory, 0o711)
  const remove = () => rmSync(directory, { recursive: true, force: true })
  try {
    const server = await startPostgres({
      directory: join(directory, 'postgres'),
      log: join(directory, 'postgres.log'),
      settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
    })
    return {
      url: server.url,
      stop: async () => {
        await server.stop()
        remove()
      },
    }
  } catch (error) {
    remove()
    throw error
  }
}
