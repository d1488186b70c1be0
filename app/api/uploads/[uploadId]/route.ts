import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { asMolianError, MolianError } from '@/lib/errors'
import { appendUpload, discardUpload, receivedOf } from '@/lib/stages/uploads/receiving'

type Place = { params: Promise<{ uploadId: string }> }

const from = z.object({ offset: z.coerce.number().int().nonnegative() })

/** How far an upload is: `offset` is the byte to go on from. */
export async function GET(request: Request, { params }: Place): Promise<Response> {
  return guarded(request, async () => Response.json(await receivedOf(await idIn(params))))
}

/**
 * Appends the body, which begins at byte `offset` of the file. Answers how far the upload is now; 409 with the right
 * `offset` where bytes between would be missing. The last byte queues the reading.
 */
export async function PATCH(request: Request, { params }: Place): Promise<Response> {
  return guarded(request, async () => {
    const id = await idIn(params)
    const asked = from.safeParse(Object.fromEntries(new URL(request.url).searchParams))
    if (!asked.success) throw new MolianError('request.bad-query', { field: 'offset' })
    return Response.json(await appendUpload(id, asked.data.offset, request.body ?? nothing(), request.signal))
  })
}

/** Gives up an upload that is not whole; nothing of it stays. */
export async function DELETE(request: Request, { params }: Place): Promise<Response> {
  return guarded(request, async () => {
    await discardUpload(await idIn(params))
    return new Response(null, { status: 204 })
  })
}

async function guarded(request: Request, work: () => Promise<Response>): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    return await work()
  } catch (error) {
    const { code, params } = asMolianError(error)
    const answer = await refusedRequest(error)
    return code === 'upload.offset' ? Response.json({ ...(await answer.json()), offset: params.offset }, { status: 409 }) : answer
  }
}

async function idIn(params: Place['params']): Promise<string> {
  const id = z.uuid().safeParse((await params).uploadId)
  if (!id.success) throw new MolianError('run.missing', { what: 'upload' })
  return id.data
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
