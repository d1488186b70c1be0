import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { MolianError } from '@/lib/errors'
import { storyLines } from '@/lib/stages/stories/stories'

const piece = 1000

const query = z.object({ storyRunId: z.uuid(), after: z.coerce.number().int().min(0).max(2 ** 31 - 1).catch(0) })

/** The rows of a run that were finished after the story of that id, a piece at a time (`more`: ask again). */
export async function GET(request: Request, { params }: { params: Promise<{ storyRunId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  const asked = query.safeParse({ ...Object.fromEntries(new URL(request.url).searchParams), ...(await params) })
  try {
    if (!asked.success) throw new MolianError('run.missing', { what: 'story run' })
    const rows = await storyLines(asked.data.storyRunId, asked.data.after, piece)
    return Response.json({ rows, more: rows.length === piece }, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
