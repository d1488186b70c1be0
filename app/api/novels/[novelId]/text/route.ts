import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { readWindow } from '@/app/projects/[projectId]/novels/[novelId]/_window'
import { MolianError } from '@/lib/errors'

const asked = z.object({
  novel: z.coerce.number().int().positive(),
  chapter: z.coerce.number().int().positive(),
  part: z.coerce.number().int().min(0).max(1_000_000),
  count: z.coerce.number().int().min(1).max(40),
})

/** Some parts of a novel's text from a place on, through the chapters that follow, as the reading view draws them. */
export async function GET(request: Request, { params }: { params: Promise<{ novelId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    const query = new URL(request.url).searchParams
    const parsed = asked.safeParse({ novel: (await params).novelId, ...Object.fromEntries(query) })
    if (!parsed.success) throw new MolianError('run.missing', { what: 'chapter' })
    const { novel, chapter, part, count } = parsed.data
    return Response.json(await readWindow(novel, chapter, part, count), { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
