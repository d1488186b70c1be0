import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { db, pool } from '@/lib/db'
import { env } from '@/lib/env'
import { announce, listen, type Change } from '@/lib/events'
import { useStudio } from '@/tests/support/studio'

useStudio()

const change = (): Change => ({ project: null, topic: 'job', id: randomUUID() })
const endListeners = () => pool().query<{ pid: number }>(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN molian' AND datname = current_database()`)
const listeners = async () => (await pool().query(`SELECT 1 FROM pg_stat_activity WHERE query = 'LISTEN molian' AND datname = current_database()`)).rowCount

/** Everything heard, and a way to wait for the next. */
function ear() {
  const heard: string[] = []
  let wake = () => {}
  return {
    heard,
    hear: (what: string) => {
      heard.push(what)
      wake()
    },
    async until(what: string) {
      while (!heard.includes(what)) await new Promise<void>((resolve) => (wake = resolve))
    },
  }
}

describe('listen', () => {
  it('hears what was committed, and nothing of what was not', async () => {
    const { heard, hear, until } = ear()
    const listener = await listen(env().databaseUrl, ({ id }) => hear(id), () => {})
    const [undone, done] = [change(), change()]
    await db().$transaction(async (tx) => {
      await announce(tx, undone)
      throw new Error('undone')
    }).catch(() => {})
    await announce(db(), done)
    await until(done.id)
    expect(heard).toEqual([done.id])
    await listener.close()
  })

  it('comes back after its connection was lost, and says that it was away', async () => {
    const { heard, hear, until } = ear()
    const listener = await listen(env().databaseUrl, ({ id }) => hear(id), () => hear('back'))
    await endListeners()
    await until('back')
    const after = change()
    await announce(db(), after)
    await until(after.id)
    expect(heard).toEqual(['back', after.id])
    await listener.close()
  })

  it('is over when it is closed, even while it comes back', async () => {
    const { heard, hear } = ear()
    const listener = await listen(env().databaseUrl, ({ id }) => hear(id), () => hear('back'))
    await endListeners()
    await listener.close()
    await announce(db(), change())
    expect(heard).toEqual([])
    while (((await listeners()) ?? 0) > 0) await new Promise((resolve) => setImmediate(resolve))
  })

  it('fails at once where there is no database', async () => {
    await expect(listen('postgres://nobody@127.0.0.1:1/none', () => {}, () => {})).rejects.toThrow()
  })
})
