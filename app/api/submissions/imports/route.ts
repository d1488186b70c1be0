import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { getTranslator } from '@/app/_i18n/server'
import { refusedRequest } from '@/app/api/refused-request'
import { MolianError } from '@/lib/errors'
import { importSubmission } from '@/lib/stages/submissions/import'

const query = z.object({ project: z.uuid(), testFile: z.uuid(), name: z.string().min(1).max(20_000) })

/** Receives a submission made elsewhere; the body is its bytes as they are. Answers 201 with the submission that is checked. */
export async function POST(request: Request): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams))
    if (!asked.success) throw new MolianError('run.missing', { what: 'test file' })
    const { project, testFile, name } = asked.data
    const made = await importSubmission(project, { testFileId: testFile, fileName: name, settings: { minimumCharacters: 1 } }, request.body ?? nothing())
    const said = made.isNew ? null : (await getTranslator('submissions'))('alreadyHere', { name, ordinal: made.ordinal })
    return Response.json({ id: made.id, ordinal: made.ordinal, said }, { status: made.isNew ? 201 : 200 })
  } catch (error) {
    return await refusedRequest(error)
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
