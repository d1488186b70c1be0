import { guardRequest } from '@/app/_guard/guard-request'
import { errorSentenceIn } from '@/app/_i18n/error-sentence'
import type { Locale } from '@/app/_i18n/locale'
import { getLocale } from '@/app/_i18n/server'
import { refusedRequest } from '@/app/api/refused-request'
import { textStream } from '@/app/api/text-stream'
import { MolianError } from '@/lib/errors'
import { listRejections, readUploadRow } from '@/lib/stages/uploads/uploads'

const piece = 500

/** The rejected records of an upload as CSV: file, line, code, and the reason in the reader's language. */
export async function GET(request: Request, { params }: { params: Promise<{ uploadId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    const upload = await readUploadRow((await params).uploadId)
    if (!upload) throw new MolianError('run.missing', { what: 'upload' })
    const name = encodeURIComponent(`${upload.fileName}.rejected.csv`)
    return new Response(textStream(csvLines(upload.id, await getLocale())), {
      headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename*=UTF-8''${name}` },
    })
  } catch (error) {
    return await refusedRequest(error)
  }
}

async function* csvLines(uploadId: string, locale: Locale): AsyncGenerator<string> {
  // The mark tells spreadsheets that this is UTF-8.
  yield '\ufefffile,line,code,reason\r\n'
  for (let skip = 0; ; skip += piece) {
    const rows = await listRejections(uploadId, piece, skip)
    for (const row of rows) yield [row.file, String(row.line), row.code, errorSentenceIn(locale, row.code, row.params)].map(cell).join(',') + '\r\n'
    if (rows.length < piece) return
  }
}

/** A quoted cell that no spreadsheet takes for a formula. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${harmless.replaceAll('"', '""')}"`
}
