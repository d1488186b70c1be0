import { z } from 'zod'
import type { UploadKind } from '@/lib/generated/prisma/client'
import { LostConnection, SendFailure, sendRequest, sentenceIn } from '@/app/_ui/send-request'

/** What a file shows of itself first, as lib/stages/uploads/fingerprint.ts reads it. */
const endBytes = 64 * 1024
const pieceBytes = 16 * 1024 * 1024
/** After a break so much of what is there already is sent again and compared, so that nothing is joined to another file. */
const overlapBytes = 256 * 1024
const mostFailures = 12
const longestPauseMs = 15_000

const receivedSchema = z.object({ id: z.string(), state: z.enum(['receiving', 'reading', 'ready', 'refused']), offset: z.number(), bytes: z.number() })
type Received = z.infer<typeof receivedSchema>

export type Sending = { uploadId: string; sent: number; /** Whether the line is down and it will be tried again. */ lost: boolean }

/**
 * Sends a file to /api/uploads in pieces, going on from the byte that the server has: after a lost connection, after the
 * server was restarted, and when the same file is chosen again later. Throws SendFailure with the server's sentence, or an
 * AbortError when `signal` ended it; what was sent stays there.
 */
export async function sendInPieces(
  file: File,
  to: { projectId: string; kind: UploadKind },
  options: { signal: AbortSignal; onProgress: (sending: Sending) => void },
): Promise<Received> {
  const { signal, onProgress } = options
  let place: Received | null = null
  let uploadId = ''
  let joined = false
  let failures = 0
  let sent = 0
  const tell = (now: number, lost = false) => {
    sent = now
    onProgress({ uploadId, sent, lost })
  }
  for (;;) {
    try {
      place ??= (uploadId && (await ask(uploadId, signal))) || (await begin(file, to, signal))
      uploadId = place.id
      const { id } = place
      if (place.state !== 'receiving') return place
      const from: number = joined ? place.offset : Math.max(0, place.offset - overlapBytes)
      tell(place.offset)
      const known = place.offset
      place = await append(id, from, file.slice(from, from + pieceBytes), signal, (bytes) => tell(Math.max(known, from + bytes)))
      joined = true
      failures = 0
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof LostConnection)) throw error
      failures += 1
      await requireReadable(file)
      if (failures > mostFailures) throw new SendFailure('broken', '')
      tell(sent, true)
      await pause(Math.min(longestPauseMs, 500 * 2 ** failures), signal)
      // The server says how far it is; what this page believes may be wrong by now.
      place = null
      joined = false
    }
  }
}

/** Has the server forget an upload that is not whole. */
export async function giveUp(uploadId: string): Promise<void> {
  await fetch(`/api/uploads/${uploadId}`, { method: 'DELETE' }).catch(() => {})
}

async function begin(file: File, to: { projectId: string; kind: UploadKind }, signal: AbortSignal): Promise<Received> {
  const query = new URLSearchParams({ project: to.projectId, kind: to.kind, name: file.name, bytes: String(file.size) })
  const ends = new Blob([file.slice(0, endBytes), file.slice(Math.max(endBytes, file.size - endBytes))])
  const { status, body } = await sendRequest('POST', `/api/uploads?${query}`, ends, signal)
  if (status === 404) throw new SendFailure('refused', sentenceIn(body))
  return receivedSchema.parse(body)
}

/** How far the server is with an upload; null when it has none of this id any more. */
async function ask(id: string, signal: AbortSignal): Promise<Received | null> {
  const { status, body } = await sendRequest('GET', `/api/uploads/${id}`, null, signal)
  return status === 404 ? null : receivedSchema.parse(body)
}

async function append(id: string, offset: number, piece: Blob, signal: AbortSignal, onSent: (bytes: number) => void): Promise<Received> {
  const { status, body } = await sendRequest('PATCH', `/api/uploads/${id}?offset=${offset}`, piece, signal, onSent)
  // Bytes between are missing there, or all of it: the next turn asks how far it is.
  if (status === 409 || status === 404) throw new LostConnection()
  return receivedSchema.parse(body)
}

/** A file that was changed or taken away since it was chosen cannot be read any more, and no waiting helps. */
async function requireReadable(file: File): Promise<void> {
  await file.slice(0, 1).arrayBuffer().catch(() => {
    throw new SendFailure('changed', '')
  })
}

/** Waits, but not longer than until the network is back. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  const over = new AbortController()
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    const wake = () => {
      clearTimeout(timer)
      resolve()
    }
    for (const [source, word] of [[window, 'online'], [signal, 'abort']] as const) source.addEventListener(word, wake, { once: true, signal: over.signal })
  })
  over.abort()
  signal.throwIfAborted()
}
