import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { GET } from '@/app/api/events/route'
import { db, pool } from '@/lib/db'
import { announce, type Change } from '@/lib/events'
import { useStudio } from '@/tests/support/studio'

useStudio()

type Event = { id: string; change: { project: string | null; topic: string; id: string } }

/** An open page: reads events as a browser does. */
function open(search = '', lastId?: string) {
  const leaving = new AbortController()
  const headers = { host: 'localhost:3000', ...(lastId ? { 'last-event-id': lastId } : {}) }
  const answer = GET(new Request(`http://localhost:3000/api/events${search}`, { headers, signal: leaving.signal }))
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  async function next(): Promise<Event> {
    for (;;) {
      const found = /id: (.*)\ndata: (.*)\n\n/.exec(text)
      if (found) {
        text = text.slice(found.index + found[0].length)
        return { id: found[1] ?? '', change: JSON.parse(found[2] ?? '') }
      }
      const piece = await reader?.read()
      if (!piece || piece.done) throw new Error(`The stream ended after ${JSON.stringify(text)}`)
      text += piece.value
    }
  }
  return { answer, next, cancel: () => reader?.cancel(), abort: () => leaving.abort(), done: () => reader?.closed }
}

const change = (project: string | null, topic: Change['topic'] = 'job'): Change => ({ project, topic, id: randomUUID() })

/** Announces a change and waits until the page has it, with whatever came before it. */
async function told(page: ReturnType<typeof open>, what: Change): Promise<Event[]> {
  await announce(db(), what)
  const events: Event[] = []
  do events.push(await page.next())
  while (events.at(-1)?.change.id !== what.id)
  return events
}

beforeAll(async () => {
  // The first page makes the process listen; the word to read everything says that it does.
  const first = open()
  expect((await first.next()).change.topic).toBe('everything')
  await first.cancel()
})

describe('GET /api/events', () => {
  it('is an event stream that tells browsers when to come back', async () => {
    const page = open()
    expect(page.answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(page.answer.headers.get('cache-control')).toBe('no-store')
    await page.cancel()
    const raw = GET(new Request('http://localhost:3000/api/events', { headers: { host: 'localhost:3000' } }))
    const reader = raw.body?.getReader()
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('retry: 1000\n\n')
    await reader?.cancel()
  })

  it('refuses a strange host', () => {
    expect(GET(new Request('http://localhost:3000/api/events', { headers: { host: 'evil.example' } })).status).toBe(403)
  })

  it('tells a project’s page its own changes and what concerns all', async () => {
    const [mine, other] = [randomUUID(), randomUUID()]
    const page = open(`?project=${mine}`)
    const whole = open()
    const [own, strange, shared, last] = [change(mine, 'premises'), change(other), change(null), change(mine, 'stories')]
    for (const one of [own, strange, shared]) await announce(db(), one)
    expect((await told(page, last)).map((event) => event.change)).toEqual([own, shared, last])
    const seen = [await whole.next(), await whole.next(), await whole.next(), await whole.next()]
    expect(seen.map((event) => event.change)).toEqual([own, strange, shared, last])
    expect(new Set(seen.map(({ id }) => id)).size).toBe(4)
    await page.cancel()
    await whole.cancel()
  })

  it('gives one that comes back exactly what it missed', async () => {
    const project = randomUUID()
    const page = open(`?project=${project}`)
    const [before] = await told(page, change(project))
    await page.cancel()
    const watcher = open(`?project=${project}`)
    const missed = [change(project, 'metrics'), change(randomUUID()), change(project, 'stories')]
    for (const one of missed.slice(0, 2)) await announce(db(), one)
    await told(watcher, missed[2] ?? change(null))
    await watcher.cancel()

    const back = open(`?project=${project}`, before?.id)
    expect([(await back.next()).change, (await back.next()).change]).toEqual([missed[0], missed[2]])
    const later = await told(back, change(project))
    expect(later).toHaveLength(1)
    await back.cancel()
    const upToDate = open(`?project=${project}`, later[0]?.id)
    expect(await told(upToDate, change(project))).toHaveLength(1)
    await upToDate.cancel()
  })

  it.each(['deadbeef-3', 'nonsense', '', 'x-'])('tells one that was away too long (%j) to read everything', async (lastId) => {
    const back = open('', lastId || 'y')
    const { id, change: what } = await back.next()
    expect(what).toEqual({ project: null, topic: 'everything', id: '' })
    await back.cancel()
    const again = open('', id)
    expect(await told(again, change(null))).toHaveLength(1)
    await again.cancel()
  })

  it('takes no part of a change that it cannot read', async () => {
    const page = open()
    await pool().query(`SELECT pg_notify('molian', 'nonsense'), pg_notify('molian', '{"project":null,"topic":"robots","id":"x"}')`)
    expect(await told(page, change(null))).toHaveLength(1)
    await page.cancel()
  })

  it('says everything again after the database went away, and goes on', async () => {
    const page = open()
    await pool().query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN molian' AND datname = current_database()`)
    expect((await page.next()).change.topic).toBe('everything')
    expect(await told(page, change(null))).toHaveLength(1)
    await page.cancel()
  })

  it('is not troubled by a page that leaves in either way, or in both', async () => {
    for (const leave of [['abort'], ['cancel'], ['cancel', 'abort'], ['abort', 'cancel']] as const) {
      const page = open()
      await told(page, change(null))
      for (const how of leave) await page[how]()
      const watcher = open()
      await told(watcher, change(null))
      await watcher.cancel()
    }
  })
})
