import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { MolianError } from '@/lib/errors'
import { findInNovel } from '@/lib/stages/novels/find-in-novel'

const asked = z.object({ novel: z.coerce.number().int().positive(), words: z.string().max(100) })

/** Where some words stand in a novel. */
export async function GET(request: Request, { params }: { params: Promise<{ novelId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    const parsed = asked.safeParse({ novel: (await params).novelId, words: new URL(request.url).searchParams.get('words') })
    if (!parsed.success) throw new MolianError('run.missing', { what: 'chapter' })
    return Response.json(await findInNovel(parsed.data.novel, parsed.data.words), { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
