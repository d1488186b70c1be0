import { z } from 'zod'
import { limitedFetch } from '@/lib/llm/limited-fetch'
import type { Server } from '@/lib/llm/ask'
import { serversOf } from '@/lib/llm/endpoints'

const listed = z.object({ data: z.array(z.object({ id: z.string().min(1) })).max(5000) })

/** Milliseconds after which a server that does not list its models is taken not to. */
const deadline = 8_000

/** The models that an endpoint says it has (GET /models), by name, of the first of its addresses that says so; null where none does. Throws endpoint.missing. */
export async function modelsOf(endpointId: string): Promise<string[] | null> {
  const lists = await Promise.all((await serversOf(endpointId, '')).map(modelsAt))
  return lists.find((models) => models !== null) ?? null
}

/** The models that one address lists, by name; null where it does not say. */
export async function modelsAt({ baseUrl, key }: Pick<Server, 'baseUrl' | 'key'>): Promise<string[] | null> {
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
