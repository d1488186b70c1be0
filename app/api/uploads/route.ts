import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { MolianError } from '@/lib/errors'
import { findProject } from '@/lib/stages/projects'
import { receiveUpload, uploadKind } from '@/lib/stages/uploads'

const place = z.object({ project: z.uuid() })
const query = z.object({ kind: uploadKind, name: z.string().min(1) })

/** Takes the body as it comes, a piece at a time, to disk; the reading is a job of its own. Answers 202 with the upload's id. */
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
    if (!request.body) throw new MolianError('upload.empty', { file: asked.data.name })
    const upload = await receiveUpload(project.id, asked.data.kind, asked.data.name, request.body, {
      declaredBytes: declaredBytes(request),
      signal: request.signal,
    })
    return Response.json({ id: upload.id, state: upload.state }, { status: 202 })
  } catch (error) {
    return await refusedRequest(error)
  }
}

function declaredBytes(request: Request): number | undefined {
  const length = Number(request.headers.get('content-length') ?? Number.NaN)
  return Number.isSafeInteger(length) && length >= 0 ? length : undefined
}
