import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { comparedOrder, compareView, tally } from '@/lib/stages/submissions/compare'

/** The rows of the submissions `ids`, in the order of the view in the query: `rows` has each one's number and figures. */
export async function GET(request: Request): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    const query = new URL(request.url).searchParams
    const ids = query.getAll('ids')
    const view = compareView.parse(Object.fromEntries(query))
    const rows = await comparedOrder(ids, view)
    return Response.json({ rows: rows.map(({ ordinal, figures }) => [ordinal, figures]), ...tally(rows, ids.length, view.measure) }, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
