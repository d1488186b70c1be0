import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { MolianError } from '@/lib/errors'
import { passagesById } from '@/lib/stages/passages/passages'

const asked = z.object({ passageId: z.coerce.number().int().min(1).max(2 ** 31 - 1) })

/** One passage with its whole text. */
export async function GET(request: Request, { params }: { params: Promise<{ passageId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    const given = asked.safeParse(await params)
    const [passage] = given.success ? await passagesById([given.data.passageId]) : []
    if (!passage) throw new MolianError('run.missing', { what: 'passage set' })
    return Response.json(passage, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
