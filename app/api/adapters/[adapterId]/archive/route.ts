import { guardRequest } from '@/app/_guard/guard-request'
import { errorLocale } from '@/app/_i18n/locale'
import { getLocale } from '@/app/_i18n/server'
import { archiveResponse } from '@/app/api/archive-response'
import { refusedRequest } from '@/app/api/refused-request'
import { exportAdapter } from '@/lib/stages/models/export'

/** An adapter with its model card, as a tar archive. */
export async function GET(request: Request, { params }: { params: Promise<{ adapterId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    return archiveResponse(await exportAdapter((await params).adapterId, errorLocale(await getLocale())))
  } catch (error) {
    return await refusedRequest(error)
  }
}
