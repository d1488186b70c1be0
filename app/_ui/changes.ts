import type { ChangeEvent } from '@/app/api/events/changes'

type HeardChange = ChangeEvent['change']
type Hear = (change: HeardChange) => void

/** Said when something may have passed unheard: the line was down, or the tab out of sight. */
const everything: HeardChange = { project: null, topic: 'everything', id: '' }

let source: EventSource | null = null
const hearers = new Set<Hear>()

/**
 * Hears what changes in the database, on the one event stream of this page (a browser has few connections to a
 * server, and every tab holds one). Returns what ends it.
 */
export function hearChanges(hear: Hear): () => void {
  hearers.add(hear)
  source ??= open()
  return () => {
    hearers.delete(hear)
    if (hearers.size > 0) return
    source?.close()
    source = null
  }
}

function open(): EventSource {
  const stream = new EventSource('/api/events')
  let broken = false
  stream.addEventListener('message', (event: MessageEvent<string>) => {
    const change = changeIn(event.data)
    if (change) tell(change)
  })
  stream.addEventListener('error', () => (broken = true))
  stream.addEventListener('open', () => {
    if (broken) tell(everything)
    broken = false
  })
  return stream
}

function tell(change: HeardChange): void {
  for (const hear of hearers) hear(change)
}

function changeIn(text: string): HeardChange | null {
  const value: unknown = JSON.parse(text)
  return isChange(value) ? value : null
}

function isChange(value: unknown): value is HeardChange {
  return typeof value === 'object' && value !== null && 'topic' in value && typeof value.topic === 'string' && 'id' in value && typeof value.id === 'string'
}
