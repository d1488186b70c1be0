import type { PoolClient } from 'pg'
import { pool } from '@/lib/db'
import { channel, type Change } from '@/lib/events'
import { LeaseLost, type Claim } from '@/lib/queue/lease'

/**
 * One transaction on a plain connection, for COPY. The claim is checked last, right before the commit:
 * a share lock held through minutes of copying would stop the attempt's own heartbeat.
 */
export async function fencedClient<T>(claim: Claim, change: Change, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool().connect()
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    const result = await work(client)
    const held = await client.query(`SELECT 1 FROM job WHERE id = $1 AND epoch = $2 AND state = 'running' FOR SHARE`, [claim.jobId, claim.epoch])
    if (held.rowCount === 0) throw new LeaseLost(`Job ${claim.jobId} is no longer in epoch ${claim.epoch}`)
    await client.query('SELECT pg_notify($1, $2)', [channel, JSON.stringify(change)])
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((fault: Error) => {
      broken = fault
    })
    throw error
  } finally {
    client.release(broken)
  }
}
