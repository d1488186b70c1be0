import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { MolianError } from '@/lib/errors'
import { readFilter } from '@/lib/stages/passages/filter'
import { passageRows } from '@/lib/stages/passages/rows'

const asked = z.object({ passageSetId: z.uuid(), skip: z.coerce.number().int().min(0).max(2 ** 31 - 1).catch(0) })

/** A hundred lines of the filtered list of a set's passages, from `skip` on; the filter is that of the set's page. */
export async function GET(request: Request, { params }: { params: Promise<{ passageSetId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  const query = Object.fromEntries(new URL(request.url).searchParams)
  try {
    const given = asked.safeParse({ ...query, ...(await params) })
    if (!given.success) throw new MolianError('run.missing', { what: 'passage set' })
    const rows = await passageRows(given.data.passageSetId, readFilter(query), { take: 100, skip: given.data.skip })
    return Response.json({ rows }, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
