import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { errorSentence } from '@/app/_i18n/error-sentence'
import { refusedRequest } from '@/app/api/refused-request'
import { MolianError } from '@/lib/errors'
import { columnTexts, havePart } from '@/lib/stages/playground/column-texts'

const place = z.object({ playId: z.uuid() })
/** `have=0.3.120`: of column 0 the first 120 code points of what attempt 3 wrote. */
const part = z.string().regex(/^\d{1,2}\.\d{1,9}\.\d{1,9}$/).transform((text) => text.split('.').map(Number)).transform(([at, epoch, length]) => havePart.parse({ place: at, epoch, length }))

/** The columns of a play as they stand, with what is new in them: GET ?have=…&have=… */
export async function GET(request: Request, { params }: { params: Promise<{ playId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  const asked = place.safeParse(await params)
  const have = z.array(part).max(16).safeParse(new URL(request.url).searchParams.getAll('have'))
  try {
    if (!asked.success) throw new MolianError('run.missing', { what: 'play' })
    const columns = await columnTexts(asked.data.playId, have.success ? have.data : [])
    const shown = await Promise.all(columns.map(async ({ error, ...column }) => ({ ...column, error: error && (await errorSentence(error.code, error.params)) })))
    return Response.json({ columns: shown }, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
