import { randomUUID } from 'node:crypto'
import { env } from '@/lib/env'
import { listen, type Change } from '@/lib/events'
import { log } from '@/lib/log'

/** `everything` says: something may have passed unheard, read it all again. */
export type ChangeEvent = { id: string; change: Change | { project: null; topic: 'everything'; id: '' } }

type Subscriber = { project: string | null; hear: (event: ChangeEvent) => void }

/** Events remembered for browsers that come back. */
const remembered = 2000

type Hub = { boot: string; count: number; events: ChangeEvent[]; subscribers: Set<Subscriber>; listening: Promise<void> | null }

const shared: typeof globalThis & { molianChanges?: Hub } = globalThis

function hub(): Hub {
  shared.molianChanges ??= { boot: randomUUID().slice(0, 8), count: 0, events: [], subscribers: new Set(), listening: null }
  return shared.molianChanges
}

/** One LISTEN connection a process feeds every open page. Returns what ends the subscription. */
export function subscribe(to: { project: string | null; lastId: string | null }, hear: (event: ChangeEvent) => void): () => void {
  const changes = hub()
  changes.listening ??= startListening(changes)
  for (const missed of missedSince(changes, to.lastId)) if (concerns(missed, to.project)) hear(missed)
  const subscriber = { project: to.project, hear }
  changes.subscribers.add(subscriber)
  return () => changes.subscribers.delete(subscriber)
}

async function startListening(changes: Hub): Promise<void> {
  const everything = () => publish(changes, { project: null, topic: 'everything', id: '' })
  try {
    await listen(env().databaseUrl, (change) => publish(changes, change), everything)
    everything()
  } catch (error) {
    log.warn({ err: error }, 'the database cannot be listened to yet')
    setTimeout(() => {
      changes.listening = startListening(changes)
    }, 1000)
  }
}

function publish(changes: Hub, change: ChangeEvent['change']): void {
  changes.count += 1
  const event = { id: `${changes.boot}-${changes.count}`, change }
  changes.events.push(event)
  if (changes.events.length > remembered) changes.events.splice(0, changes.events.length - remembered)
  for (const subscriber of changes.subscribers) if (concerns(event, subscriber.project)) subscriber.hear(event)
}

function concerns(event: ChangeEvent, project: string | null): boolean {
  return project === null || event.change.project === null || event.change.project === project
}

function missedSince(changes: Hub, lastId: string | null): ChangeEvent[] {
  if (lastId === null) return []
  const [boot, number] = lastId.split('-')
  const from = changes.events.findIndex((event) => event.id === lastId)
  if (boot === changes.boot && from !== -1) return changes.events.slice(from + 1)
  if (boot === changes.boot && Number(number) === changes.count) return []
  return [{ id: `${changes.boot}-${changes.count}`, change: { project: null, topic: 'everything', id: '' } }]
}
