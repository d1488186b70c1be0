import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { MolianError } from '@/lib/errors'
import { findProject } from '@/lib/stages/projects'
import { shownBytes } from '@/lib/stages/uploads/fingerprint'
import { beginUpload } from '@/lib/stages/uploads/receiving'
import { uploadKind } from '@/lib/stages/uploads/uploads'

const place = z.object({ project: z.uuid() })
const query = z.object({ kind: uploadKind, name: z.string().min(1), bytes: z.coerce.number().int().nonnegative() })

/**
 * Begins an upload, or finds the one that was left half. The body is what a file shows of itself first: its first and last
 * 64 KiB. Answers 201 with the upload's id and `offset`, the byte to go on from; the bytes follow with PATCH.
 */
export async function POST(request: Request): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  const given = Object.fromEntries(new URL(request.url).searchParams)
  try {
    const { data } = place.safeParse(given)
    const project = data ? await findProject(data.project) : null
    if (!project) throw new MolianError('project.missing')
    const asked = query.safeParse(given)
    if (!asked.success) throw new MolianError('request.bad-query', { field: String(asked.error.issues[0]?.path[0]) })
    const { kind, name, bytes } = asked.data
    const received = await beginUpload(project.id, kind, { name, bytes, ends: await atMost(request.body, shownBytes(bytes)) })
    return Response.json(received, { status: 201 })
  } catch (error) {
    return await refusedRequest(error)
  }
}

/** The body, or of a longer one just enough to tell that it is longer: it is held in memory. */
async function atMost(body: ReadableStream<Uint8Array> | null, limit: number): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let size = 0
  if (!body) return Buffer.alloc(0)
  for await (const piece of body) {
    pieces.push(piece)
    size += piece.length
    if (size > limit) break
  }
  return Buffer.concat(pieces)
}
