import { stringify } from 'csv-stringify/sync'
import { guardRequest } from '@/app/_guard/guard-request'
import { errorSentenceIn } from '@/app/_i18n/error-sentence'
import { getLocale } from '@/app/_i18n/server'
import type { Locale } from '@/app/_i18n/locale'
import { refusedRequest } from '@/app/api/refused-request'
import { textStream } from '@/app/api/text-stream'
import { MolianError } from '@/lib/errors'
import { findPairImport, importRejections } from '@/lib/stages/pairs/imports'

const piece = 500

/** The rejected records of a file of pairs as CSV: line, code, and the reason in the reader's language. */
export async function GET(request: Request, { params }: { params: Promise<{ importId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    const file = await findPairImport((await params).importId)
    if (!file) throw new MolianError('run.missing', { what: 'file of pairs' })
    const name = encodeURIComponent(`${file.fileName}.rejected.csv`)
    return new Response(textStream(lines(file.id, await getLocale())), { headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename*=UTF-8''${name}` } })
  } catch (error) {
    return await refusedRequest(error)
  }
}

async function* lines(importId: string, locale: Locale): AsyncGenerator<string> {
  // The mark tells spreadsheets that this is UTF-8.
  yield '\ufeffline,code,reason\r\n'
  for (let after = -1; ; ) {
    const rows = await importRejections(importId, piece, after)
    yield stringify(rows.map((row) => [row.line, row.code, errorSentenceIn(locale, row.code, row.params)]), { record_delimiter: '\r\n', escape_formulas: true })
    const last = rows.at(-1)
    if (!last || rows.length < piece) return
    after = last.ordinal
  }
}
