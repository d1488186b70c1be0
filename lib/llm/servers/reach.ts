import { MolianError } from '@/lib/errors'
import type { Server } from '@/lib/llm/ask'
import { limitedFetch } from '@/lib/llm/limited-fetch'

/**
 * Whether anybody is there: any answer to GET /models will do, since a server that is busy or does not list its models is alive.
 * Null where one came in time, else endpoint.unreachable or endpoint.too-slow.
 */
export async function reach({ baseUrl, key, model }: Server, deadlineMs: number): Promise<MolianError | null> {
  const deadline = AbortSignal.timeout(deadlineMs)
  const headers = { accept: 'application/json', ...(key === null ? {} : { authorization: `Bearer ${key}` }) }
  try {
    await limitedFetch(key)(`${baseUrl}/models`, { method: 'GET', headers, signal: deadline })
    return null
  } catch (error) {
    if (deadline.aborted) return new MolianError('endpoint.too-slow', { url: baseUrl, model }, { cause: error })
    return new MolianError('endpoint.unreachable', { url: baseUrl, model, reason: error instanceof Error ? error.message : String(error) }, { cause: error })
  }
}
