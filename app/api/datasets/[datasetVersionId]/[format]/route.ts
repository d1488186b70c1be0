import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { textStream } from '@/app/api/text-stream'
import { MolianError } from '@/lib/errors'
import { formatFile, pairFormats } from '@/lib/pair-formats/format'
import { exportDataset } from '@/lib/stages/pairs/dataset-export'
import { findDatasetVersion } from '@/lib/stages/pairs/datasets'

const formatSchema = z.enum(pairFormats)
const splitSchema = z.enum(['training', 'validation']).nullable()

/** A frozen dataset version in the form of the address, written as it is read; `split` for one side only. */
export async function GET(request: Request, { params }: { params: Promise<{ datasetVersionId: string; format: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    const { datasetVersionId, format: asked } = await params
    const format = formatSchema.safeParse(asked)
    const split = splitSchema.safeParse(new URL(request.url).searchParams.get('split'))
    const version = await findDatasetVersion(datasetVersionId)
    if (!version || version.sha256 === null) throw new MolianError('run.missing', { what: 'dataset version' })
    if (!format.success || !split.success) throw new MolianError('dataset.no-format', { name: asked.slice(0, 40), known: pairFormats.join(', ') })
    const name = [`dataset-v${version.ordinal}`, split.data, formatFile[format.data].ending].filter(Boolean).join('.')
    return new Response(textStream(exportDataset(version.id, format.data, split.data)), {
      headers: { 'content-type': formatFile[format.data].type, 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' },
    })
  } catch (error) {
    return await refusedRequest(error)
  }
}
