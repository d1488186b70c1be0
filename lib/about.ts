import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { diskOf } from '@/lib/models/disk-use'
import { ringingConnection } from '@/lib/queue/connection'
import packageJson from '@/package.json'

/** What this studio runs on. A version is null where nothing answers. */
export type About = {
  home: string
  /** Bytes of the disk that the home lies on; null where the system does not say. */
  disk: { free: number; total: number } | null
  versions: { molian: string; node: string; database: string | null; queue: string | null }
}

export async function about(): Promise<About> {
  const { home } = env()
  const [disk, database, queue] = await Promise.all([diskOf(home), databaseVersion(), queueVersion()])
  return { home, disk, versions: { molian: packageJson.version, node: process.versions.node, database, queue } }
}

async function databaseVersion(): Promise<string | null> {
  try {
    const rows = await db().$queryRaw<{ version: string }[]>`SELECT current_setting('server_version') AS version`
    return rows[0]?.version ?? null
  } catch {
    return null
  }
}

/** Asked once a process: a server that is exchanged is exchanged with a restart. */
let queue: string | undefined

async function queueVersion(): Promise<string | null> {
  if (queue) return queue
  const connection = ringingConnection()
  try {
    await connection.connect()
    const info = await connection.info('server')
    const valkey = /^valkey_version:(.+?)\r?$/m.exec(info)?.[1]
    const redis = /^redis_version:(.+?)\r?$/m.exec(info)?.[1]
    queue = valkey ? `Valkey ${valkey}` : redis ? `Redis ${redis}` : undefined
    return queue ?? null
  } catch {
    return null
  } finally {
    connection.disconnect()
  }
}
