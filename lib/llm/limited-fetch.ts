import { MolianError } from '@/lib/errors'

/** No answer of a model is longer than this; a server that sends more is broken or hostile. */
const maximumBytes = 32 * 1024 * 1024

/** fetch that follows no redirect (a redirect could carry the key elsewhere) and reads no endless body. */
export async function limitedFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, { ...init, redirect: 'manual' })
  if (response.status >= 300 && response.status < 400) {
    throw new MolianError('endpoint.redirects', { url: String(input instanceof Request ? input.url : input), to: response.headers.get('location') ?? '?' })
  }
  if (!response.body) return response
  let seen = 0
  const limited = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        seen += chunk.byteLength
        if (seen > maximumBytes) controller.error(new MolianError('endpoint.too-large', { megabytes: maximumBytes / 1024 / 1024 }))
        else controller.enqueue(chunk)
      },
    }),
  )
  return new Response(limited, { status: response.status, statusText: response.statusText, headers: response.headers })
}
