import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { comparedStories } from '@/lib/stages/submissions/compare'

/** Rows asked for at once. */
const most = 20
const ordinals = z.array(z.coerce.number().int().min(0).max(2 ** 31 - 1)).max(most)

/** Premise and stories of the rows `at`, of the submissions `ids`. */
export async function GET(request: Request): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    const query = new URL(request.url).searchParams
    const rows = await comparedStories(query.getAll('ids'), ordinals.catch([]).parse(query.getAll('at')))
    return Response.json({ rows }, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
