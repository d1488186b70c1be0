import type { UploadKind } from '@/lib/generated/prisma/client'

export type Sending = { sent: number; total: number; /** Bytes a second over the last seconds. */ speed: number }

export class SendFailure extends Error {}

/**
 * Posts a file's bytes as they are to /api/uploads, telling how far it is. XMLHttpRequest, because
 * fetch does not say how much has been sent. Throws SendFailure with the server's sentence, or an
 * AbortError when `signal` ended it.
 */
export function sendFile(
  file: File,
  to: { projectId: string; kind: UploadKind },
  options: { signal: AbortSignal; onProgress: (sending: Sending) => void; broken: string },
): Promise<void> {
  const query = new URLSearchParams({ project: to.projectId, kind: to.kind, name: file.name })
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const marks: { at: number; sent: number }[] = [{ at: performance.now(), sent: 0 }]
    request.upload.onprogress = (event) => {
      marks.push({ at: performance.now(), sent: event.loaded })
      while (marks.length > 2 && (marks[0]?.at ?? 0) < performance.now() - 3000) marks.shift()
      const [first, last] = [marks[0], marks.at(-1)]
      const seconds = first && last ? (last.at - first.at) / 1000 : 0
      const speed = first && last && seconds > 0 ? (last.sent - first.sent) / seconds : 0
      options.onProgress({ sent: event.loaded, total: file.size, speed })
    }
    request.onload = () => (request.status < 300 ? resolve() : reject(new SendFailure(sentenceIn(request.responseText) ?? options.broken)))
    request.onerror = () => reject(new SendFailure(options.broken))
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    options.signal.addEventListener('abort', () => request.abort(), { once: true })
    request.open('POST', `/api/uploads?${query}`)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.send(file)
  })
}

function sentenceIn(body: string): string | null {
  try {
    const answer: unknown = JSON.parse(body)
    return typeof answer === 'object' && answer !== null && 'error' in answer && typeof answer.error === 'string' ? answer.error : null
  } catch {
    return null
  }
}
