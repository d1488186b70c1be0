'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { MolianError } from '@/lib/errors'
import { readAgain } from '@/lib/stages/uploads/reading'
import { discardUpload } from '@/lib/stages/uploads/receiving'
import { deleteUpload, readUploadRow, type UploadEntry } from '@/lib/stages/uploads/uploads'
import { textEncodingSchema } from '@/lib/text/encoding'

const chosenUpload = z.object({ projectId: z.uuid(), uploadId: z.uuid() })

/** Takes an upload out of the project; of one that is not whole yet what has come of it. */
export async function removeUpload(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const upload = await ownUpload(await parseForm(chosenUpload, form))
    await (upload.state === 'receiving' ? discardUpload(upload.id) : deleteUpload(upload.id))
    revalidatePath(`/projects/${upload.projectId}`, 'layout')
    return (await getTranslator('uploads'))('uploadDeleted', { name: upload.fileName })
  })
}

const chosenEncoding = chosenUpload.extend({
  encoding: z.union([textEncodingSchema, z.literal('detected').transform(() => null)]),
  file: z.union([z.literal('all').transform(() => undefined), z.coerce.number().int().nonnegative()]),
})

/** Reads an upload again, one of its files or all, in the encoding that a person says. */
export async function readUploadAgain(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { encoding, file, ...chosen } = await parseForm(chosenEncoding, form)
    const upload = await ownUpload(chosen)
    await readAgain(upload.id, encoding, file)
    revalidatePath(`/projects/${upload.projectId}`, 'layout')
    return (await getTranslator('uploads'))('readingAgain')
  })
}

async function ownUpload({ projectId, uploadId }: z.output<typeof chosenUpload>): Promise<UploadEntry> {
  const upload = await readUploadRow(uploadId)
  if (upload?.projectId !== projectId) throw new MolianError('run.missing', { what: 'upload' })
  return upload
}
