import type { PoolClient } from 'pg'
import { pool } from '@/lib/db'

/**
 * Runs `work` on a plain connection of its own. When it is lost meanwhile (PostgreSQL restarted), the work fails and not
 * the process, which an error that nobody hears would end. After a failure the connection is not used again: one that
 * the server is about to close looks whole for a moment more.
 */
export async function withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool().connect()
  let isWhole = true
  const onLost = () => {
    isWhole = false
  }
  client.on('error', onLost)
  try {
    return await work(client)
  } catch (error) {
    isWhole = false
    throw error
  } finally {
    client.release(!isWhole)
    // A lost one may still say so again.
    if (isWhole) client.off('error', onLost)
  }
}
