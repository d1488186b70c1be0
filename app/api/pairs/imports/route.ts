import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { MolianError } from '@/lib/errors'
import { receivePairs } from '@/lib/stages/pairs/imports'
import { findProject } from '@/lib/stages/projects'

const query = z.object({ project: z.uuid(), name: z.string().min(1).max(20_000) })

/** Receives a file of pairs; the body is its bytes as they are. Answers 201 with the import that reads it. */
export async function POST(request: Request): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams))
    const project = asked.success ? await findProject(asked.data.project) : null
    if (!asked.success || !project) throw new MolianError('project.missing')
    const made = await receivePairs(project.id, asked.data.name, request.body ?? nothing())
    return Response.json({ id: made.id, ordinal: made.ordinal }, { status: 201 })
  } catch (error) {
    return await refusedRequest(error)
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
