import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { withClient } from '@/lib/pooled-client'
import { useStudio } from '@/tests/support/studio'

useStudio()

describe('a connection of its own', () => {
  it('that is lost in the middle fails the work alone, and the next one is another', async () => {
    const lost = withClient(async (client) => {
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
      await db().$queryRaw`SELECT pg_terminate_backend(${rows[0]?.pid}::int)`
      await client.query('SELECT pg_sleep(10)')
    })
    await expect(lost).rejects.toThrow()
    // Lost while nothing is asked of it: the error comes by itself.
    await withClient(async (client) => {
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
      const gone = new Promise((resolve) => client.once('end', resolve))
      await db().$queryRaw`SELECT pg_terminate_backend(${rows[0]?.pid}::int)`
      await gone
    })
    expect(await withClient(async (client) => (await client.query('SELECT 1 AS one')).rows)).toEqual([{ one: 1 }])
  })
})
