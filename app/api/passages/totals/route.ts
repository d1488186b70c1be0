import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { errorSentenceIn } from '@/app/_i18n/error-sentence'
import type { Locale } from '@/app/_i18n/locale'
import { getLocale } from '@/app/_i18n/server'
import { refusedRequest } from '@/app/api/refused-request'
import { textStream } from '@/app/api/text-stream'
import { readSettings } from '@/app/projects/[projectId]/passages/_passage-query'
import { MolianError } from '@/lib/errors'
import { findModel, modelDirectory } from '@/lib/stages/models'
import { passageTotals, type TotalsLine } from '@/lib/stages/passages/totals'

const asked = z.object({ project: z.uuid(), novel: z.coerce.number().int().optional().catch(undefined), model: z.uuid().optional() })

/**
 * What settings would give of a project's novels, a JSON line each as they are tried; the settings are those of the
 * Passages page's URL. Whoever asks and leaves stops the trying.
 */
export async function GET(request: Request): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  const params = new URL(request.url).searchParams
  try {
    const query = asked.safeParse(Object.fromEntries(params))
    const { settings } = readSettings({ ...Object.fromEntries(params), registers: params.getAll('registers') })
    if (!query.success || !settings) throw new MolianError('passages.bad-settings')
    const { project, novel, model } = query.data
    const found = model === undefined ? null : await findModel(model)
    const lines = passageTotals({ projectId: project, settings, firstNovelId: novel, modelDirectory: found ? modelDirectory(found) : undefined, signal: request.signal })
    return new Response(textStream(written(lines, await getLocale(), request.signal)), { headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}

async function* written(lines: AsyncGenerator<TotalsLine>, locale: Locale, signal: AbortSignal): AsyncGenerator<string> {
  try {
    for await (const line of lines) yield `${JSON.stringify(line.kind === 'refused' ? { kind: line.kind, error: errorSentenceIn(locale, line.code, line.params) } : line)}\n`
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
