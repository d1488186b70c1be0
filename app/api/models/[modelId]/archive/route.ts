import { guardRequest } from '@/app/_guard/guard-request'
import { errorLocale } from '@/app/_i18n/locale'
import { getLocale } from '@/app/_i18n/server'
import { archiveResponse } from '@/app/api/archive-response'
import { refusedRequest } from '@/app/api/refused-request'
import { exportMerged } from '@/lib/stages/models/export'

/** A merged model with its model card, as a tar archive. */
export async function GET(request: Request, { params }: { params: Promise<{ modelId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    return archiveResponse(await exportMerged((await params).modelId, errorLocale(await getLocale())))
  } catch (error) {
    return await refusedRequest(error)
  }
}
