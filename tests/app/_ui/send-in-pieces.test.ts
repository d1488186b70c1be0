import { beforeEach, describe, expect, it, vi } from 'vitest'
import { sendInPieces, type Sending } from '@/app/_ui/send-in-pieces'
import { SendFailure } from '@/app/_ui/send-request'

/** What stands for the server: the bytes it has, and what it does with the next requests. */
type Fate = 'serve' | 'break' | 'lose the answer' | 'fail' | 'refuse' | 'forget' | 'be behind'
const server = { have: new Uint8Array(0), size: 0, id: 'one', begun: 0, fates: new Array<Fate>(), asked: new Array<string>() }

const answer = (status: number, body: object) => ({ status, text: JSON.stringify(body) })
const place = () => ({ id: server.id, state: server.have.length === server.size ? 'reading' : 'receiving', offset: server.have.length, bytes: server.size })

/** Serves as app/api/uploads does; undefined stands for a connection that breaks. */
async function serve(method: string, url: URL, body: Blob | null): Promise<{ status: number; text: string } | undefined> {
  server.asked.push(`${method} ${url.searchParams.get('offset') ?? ''}`.trim())
  const fate = method === 'PATCH' ? (server.fates.shift() ?? 'serve') : 'serve'
  if (fate === 'refuse') return answer(400, { code: 'upload.disk-full', error: 'The disk is full.' })
  if (fate === 'fail') return answer(500, { code: 'internal', error: 'no' })
  if (fate === 'be behind') server.have = server.have.slice(0, 1)
  if (fate === 'forget') {
    server.have = new Uint8Array(0)
    server.id = 'two'
  }
  const id = url.pathname.split('/')[3]
  if (method === 'POST') {
    server.begun += 1
    server.size = Number(url.searchParams.get('bytes'))
    return answer(201, { ...place(), state: 'receiving' })
  }
  if (id !== server.id) return answer(404, { code: 'run.missing', error: 'gone' })
  if (method === 'GET') return answer(200, place())
  const offset = Number(url.searchParams.get('offset'))
  if (offset > server.have.length) return answer(409, { code: 'upload.offset', error: 'gap', offset: server.have.length })
  const bytes = new Uint8Array((await body?.arrayBuffer()) ?? new ArrayBuffer(0))
  const kept = fate === 'break' ? bytes.subarray(0, Math.ceil(bytes.length / 2)) : bytes
  // Bytes that are here already must be the same.
  expect(Buffer.from(kept.subarray(0, server.have.length - offset)).equals(Buffer.from(server.have.subarray(offset, offset + kept.length)))).toBe(true)
  if (offset + kept.length > server.have.length) server.have = Uint8Array.from([...server.have.subarray(0, offset), ...kept])
  return fate === 'break' || fate === 'lose the answer' ? undefined : answer(200, place())
}

class Request {
  upload: { onprogress?: (event: { loaded: number }) => void; onload?: () => void } = {}
  status = 0
  responseText = ''
  onload?: () => void
  onerror?: () => void
  onabort?: () => void
  onloadend?: () => void
  private asked = { method: '', url: '' }
  private over = false

  open(method: string, url: string): void {
    this.asked = { method, url }
  }
  setRequestHeader(): void {}
  abort(): void {
    this.over = true
    this.onabort?.()
    this.onloadend?.()
  }
  send(body: Blob | null): void {
    this.upload.onprogress?.({ loaded: (body?.size ?? 0) / 2 })
    void serve(this.asked.method, new URL(this.asked.url, 'http://localhost:3000'), body).then((served) => {
      if (this.over) return
      if (served) {
        this.status = served.status
        this.responseText = served.text
        this.onload?.()
      } else {
        this.onerror?.()
        // The pause before the next try ends as soon as the network is back.
        setTimeout(() => window.dispatchEvent(new Event('online')))
      }
      this.onloadend?.()
    })
  }
}

vi.stubGlobal('XMLHttpRequest', Request)
vi.stubGlobal('window', new EventTarget())
// Answers other than a broken line are tried again after a pause of their own.
setInterval(() => window.dispatchEvent(new Event('online')), 5).unref()

beforeEach(() => {
  Object.assign(server, { have: new Uint8Array(0), size: 0, id: 'one', begun: 0, fates: [], asked: [] })
})

const content = new Uint8Array(40_000).map((_, index) => index % 251)
const file = new File([content], '呐喊.txt')

async function send(fates: Fate[] = [], signal = new AbortController().signal) {
  server.fates = fates
  const seen: Sending[] = []
  const received = await sendInPieces(file, { projectId: 'p', kind: 'novels' }, { signal, onProgress: (sending) => seen.push(sending) })
  return { received, seen }
}

describe('sendInPieces', () => {
  it('sends a file and tells how far it is', async () => {
    const { received, seen } = await send()
    expect(received).toEqual({ id: 'one', state: 'reading', offset: content.length, bytes: content.length })
    expect(server.have).toEqual(content)
    expect(seen).toEqual([{ uploadId: 'one', sent: 0, lost: false }, { uploadId: 'one', sent: 20_000, lost: false }])
  })

  it.each<[string, Fate[]]>([
    ['a broken connection', ['break']],
    ['several in a row', ['break', 'break', 'break']],
    ['a server that fails', ['fail', 'fail']],
    ['an upload that the server lost bytes of', ['break', 'be behind']],
    ['an upload that the server no longer knows', ['break', 'forget']],
  ])('goes on after %s, with every byte once', async (_, fates) => {
    const { received, seen } = await send(fates)
    expect(received).toMatchObject({ state: 'reading', offset: content.length })
    expect(server.have).toEqual(content)
    expect(seen.some(({ lost }) => lost)).toBe(true)
  })

  it('asks how far it is when the last answer was lost, and sends nothing again', async () => {
    expect((await send(['lose the answer'])).received).toMatchObject({ id: 'one', state: 'reading' })
    expect(server.asked).toEqual(['POST', 'PATCH 0', 'GET'])
    expect(server.begun).toBe(1)
  })

  it('sends a little of what is there again after a break, so that it can be compared', async () => {
    await send(['break'])
    // A quarter of a MiB at most: all of this file.
    expect(server.asked).toEqual(['POST', 'PATCH 0', 'GET', 'PATCH 0'])
  })

  it('stops at a refusal with the server’s sentence, at once', async () => {
    await expect(send(['refuse'])).rejects.toMatchObject({ reason: 'refused', message: 'The disk is full.' })
    expect(server.asked).toEqual(['POST', 'PATCH 0'])
  })

  it('gives up after many breaks without a byte between, and says that the line is down', async () => {
    const failure: unknown = await send(Array.from({ length: 20 }, () => 'fail')).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(SendFailure)
    expect(failure).toMatchObject({ reason: 'broken' })
  })

  it('says that a file was changed when it can no longer be read', async () => {
    const gone = new File([content], 'a.txt')
    vi.spyOn(gone, 'slice').mockImplementation((from, to) => Object.assign(new Blob([content]).slice(from, to), { arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')) }))
    server.fates = ['fail']
    await expect(sendInPieces(gone, { projectId: 'p', kind: 'novels' }, { signal: new AbortController().signal, onProgress: () => {} })).rejects.toMatchObject({ reason: 'changed' })
  })

  it('ends when it is stopped', async () => {
    const stop = new AbortController()
    const sending = send(['fail', 'fail', 'fail'], stop.signal)
    stop.abort()
    await expect(sending).rejects.toMatchObject({ name: 'AbortError' })
  })
})
