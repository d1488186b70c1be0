import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { MolianError } from '@/lib/errors'
import { filterOf } from '@/lib/stages/pairs/filter'
import { pairSource } from '@/lib/stages/pairs/source'
import { pairKey, pairPage } from '@/lib/stages/pairs/table'

type Params = { params: Promise<{ kind: string; sourceId: string }> }

/** A page of the filtered pairs after the key `after`, or the first. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    const { kind, sourceId } = await params
    const source = pairSource.safeParse({ kind, id: sourceId })
    const query = new URL(request.url).searchParams
    const after = pairKey.nullable().safeParse(query.get('after'))
    if (!source.success) throw new MolianError('pairs.bad-address', { reason: `${kind}/${sourceId}`.slice(0, 100) })
    if (!after.success) throw new MolianError('pairs.bad-address', { reason: `after=${query.get('after')}`.slice(0, 100) })
    const rows = await pairPage(source.data, filterOf(query), after.data)
    return Response.json({ rows }, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
