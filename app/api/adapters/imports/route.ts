import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { MolianError } from '@/lib/errors'
import { importFromArchive } from '@/lib/stages/models/adapter-imports'

const query = z.object({ file: z.string().min(1).max(20_000), name: z.string().max(200).default(''), baseModel: z.string().min(1).max(4_000) })

/** Receives an adapter's archive; the body is its bytes as they are. Answers 201 with the import that checks it. */
export async function POST(request: Request): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams))
    if (!asked.success) throw new MolianError('run.missing', { what: 'model' })
    const { file, name, baseModel } = asked.data
    const made = await importFromArchive({ name, baseModel }, file, request.body ?? nothing())
    return Response.json({ id: made.id }, { status: 201 })
  } catch (error) {
    return await refusedRequest(error)
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
