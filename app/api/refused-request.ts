import { errorLocale } from '@/app/_i18n/locale'
import { getLocale } from '@/app/_i18n/server'
import { asMolianError } from '@/lib/errors'
import { log } from '@/lib/log'

/** What a route answers when its work failed: code and sentence in the reader's language; 404 for what is gone, 500 for the unforeseen, else 400. */
export async function refusedRequest(error: unknown): Promise<Response> {
  const known = asMolianError(error)
  if (known.code === 'internal') log.error({ err: error }, 'a request failed')
  const status = known.code === 'internal' ? 500 : known.code.endsWith('.missing') ? 404 : 400
  return Response.json({ code: known.code, error: known.sentence(errorLocale(await getLocale())) }, { status })
}
