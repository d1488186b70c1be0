import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { palettePlaces } from '@/lib/stages/palette'

const query = z.object({ project: z.uuid().nullable().catch(null), words: z.string().max(200).catch('') })

/** What the palette can open by name: GET ?project=…&words=… */
export async function GET(request: Request): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  const asked = new URL(request.url).searchParams
  const { project, words } = query.parse({ project: asked.get('project'), words: asked.get('words') ?? '' })
  try {
    return Response.json(await palettePlaces(project, words), { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
