import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { MolianError } from '@/lib/errors'
import { rememberPlace } from '@/lib/stages/novels/reading'

const said = z.object({ chapterId: z.number().int().positive(), share: z.number().min(0).max(1) })

/** Remembers where a novel is read; sent as one scrolls, and as the page is left. */
export async function POST(request: Request, { params }: { params: Promise<{ novelId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    const parsed = said.safeParse(await request.json().catch(() => null))
    const novelId = z.coerce.number().int().positive().safeParse((await params).novelId)
    if (!parsed.success || !novelId.success) throw new MolianError('run.missing', { what: 'chapter' })
    await rememberPlace(novelId.data, parsed.data.chapterId, parsed.data.share)
    return new Response(null, { status: 204 })
  } catch (error) {
    return await refusedRequest(error)
  }
}
