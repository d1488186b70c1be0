import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { textStream } from '@/app/api/text-stream'
import { MolianError } from '@/lib/errors'
import { alpacaJson, findDatasetVersion } from '@/lib/stages/pairs'

/** A frozen dataset version as Alpaca JSON, written as it is read. */
export async function GET(request: Request, { params }: { params: Promise<{ datasetVersionId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    const version = await findDatasetVersion((await params).datasetVersionId)
    if (!version || version.sha256 === null) throw new MolianError('run.missing', { what: 'dataset version' })
    return new Response(textStream(alpacaJson(version.id)), {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="dataset-v${version.ordinal}.alpaca.json"`,
        'cache-control': 'no-store',
      },
    })
  } catch (error) {
    return await refusedRequest(error)
  }
}
