import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { findPremises, type PremiseSource } from '@/lib/stages/playground/found-premises'

const query = z.object({
  project: z.uuid(),
  kind: z.enum(['rows', 'pairs']),
  source: z.uuid(),
  words: z.string().max(200).catch(''),
  draw: z.coerce.number().int().min(1).max(2 ** 31 - 1).nullable().catch(null),
})

/** Premises to play with: GET ?project=…&kind=rows|pairs&source=…&words=…, or with a `draw` some at random. */
export async function GET(request: Request): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  const given = new URL(request.url).searchParams
  const asked = query.safeParse({ ...Object.fromEntries(given), words: given.get('words') ?? '', draw: given.get('draw') })
  if (!asked.success) return Response.json({ premises: [] }, { status: 400 })
  const { project, kind, source, words, draw } = asked.data
  const from: PremiseSource = kind === 'rows' ? { kind, testFileId: source } : { kind, datasetVersionId: source }
  try {
    return Response.json({ premises: await findPremises(project, from, words, draw) }, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
