import { z } from 'zod'
import { limitedFetch } from '@/lib/llm/limited-fetch'
import { serverOf } from '@/lib/llm/endpoints'

const listed = z.object({ data: z.array(z.object({ id: z.string().min(1) })).max(5000) })

/** Milliseconds after which a server that does not list its models is taken not to. */
const deadline = 8_000

/** The models that an endpoint says it has (GET /models), by name; null where it does not say. Throws endpoint.missing. */
export async function modelsOf(endpointId: string): Promise<string[] | null> {
  const { baseUrl, key } = await serverOf(endpointId, '')
  try {
    const headers = { accept: 'application/json', ...(key === null ? {} : { authorization: `Bearer ${key}` }) }
    const response = await limitedFetch(key)(`${baseUrl}/models`, { method: 'GET', headers, signal: AbortSignal.timeout(deadline) })
    if (response.status !== 200) return null
    const { data } = listed.parse(await response.json())
    return data.map(({ id }) => id).sort((a, b) => a.localeCompare(b))
  } catch {
    return null
  }
}
