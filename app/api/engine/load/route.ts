import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { engineFigures } from '@/lib/stages/engine/engines'
import { servingFigures } from '@/lib/stages/engine/servings'

/** What the engine of a device carries now, and what the models that are served have been asked. */
export async function GET(request: Request): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    const device = new URL(request.url).searchParams.get('device') ?? ''
    const [engine, servings] = await Promise.all([engineFigures(device), servingFigures()])
    return Response.json({ engine, servings }, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
