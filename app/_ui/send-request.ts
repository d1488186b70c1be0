/** Why a file cannot be sent: in the server's sentence, or by what this page saw itself. */
export class SendFailure extends Error {
  constructor(
    readonly reason: 'refused' | 'broken' | 'changed',
    sentence: string,
  ) {
    super(sentence)
  }
}

/** The line broke or the server was away: worth another try. */
export class LostConnection extends Error {}

/** Without a byte for so long a connection is taken for dead. */
const silenceMs = 30_000
/** The server's word that another connection took over from this one. */
const takenOver = 'upload.interrupted'

/**
 * One request, telling how much of its body has been sent: XMLHttpRequest, because fetch does not say that.
 * Answers what the server said with 2xx, 404 or 409. Throws LostConnection, SendFailure, or an AbortError when `signal` ended it.
 */
export function sendRequest(method: 'GET' | 'POST' | 'PATCH', url: string, body: Blob | null, signal: AbortSignal, onSent: (bytes: number) => void = () => {}): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    let silence: ReturnType<typeof setTimeout>
    const hear = () => {
      clearTimeout(silence)
      silence = setTimeout(() => request.abort(), silenceMs)
    }
    const stop = () => request.abort()
    request.upload.onprogress = (event) => {
      hear()
      onSent(event.loaded)
    }
    request.upload.onload = hear
    request.onloadend = () => {
      clearTimeout(silence)
      signal.removeEventListener('abort', stop)
    }
    request.onload = () => {
      const { status } = request
      const answer = parsed(request.responseText)
      if ((status >= 200 && status < 300) || status === 404 || status === 409) resolve({ status, body: answer })
      else if (status >= 500 || hasCode(answer, takenOver)) reject(new LostConnection())
      else reject(new SendFailure('refused', sentenceIn(answer)))
    }
    request.onerror = () => reject(new LostConnection())
    request.onabort = () => reject(signal.aborted ? new DOMException('aborted', 'AbortError') : new LostConnection())
    if (signal.aborted) return reject(new DOMException('aborted', 'AbortError'))
    signal.addEventListener('abort', stop, { once: true })
    hear()
    request.open(method, url)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.send(body)
  })
}

/** An answer's body as JSON; null where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function hasCode(answer: unknown, code: string): boolean {
  return typeof answer === 'object' && answer !== null && 'code' in answer && answer.code === code
}

/** The server's sentence in an answer that is no success. */
export function sentenceIn(answer: unknown): string {
  return typeof answer === 'object' && answer !== null && 'error' in answer && typeof answer.error === 'string' ? answer.error : ''
}
