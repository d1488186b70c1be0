import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { settingsForm } from '@/app/_settings/setting-spec'
import { pairSettings } from '@/lib/settings/pairs'
import { datasetCandidates } from '@/lib/stages/pairs/dataset-candidates'
import { chooseDataset } from '@/lib/stages/pairs/dataset-choice'
import { checkSource, sourceNames } from '@/lib/stages/pairs/source'

const settingsSchema = settingsForm(pairSettings)
const asked = z.object({ projectId: z.uuid(), source: sourceNames })

/** What freezing with these settings would take now: counts by side, by register and novel before and after, and why pairs stay out. */
export async function GET(request: Request): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    const query = new URL(request.url).searchParams
    const order = asked.safeParse({ projectId: query.get('projectId'), source: query.getAll('source') })
    const settings = settingsSchema.safeParse(Object.fromEntries(query))
    // A field that is being typed in is not an error to speak of: the form itself says it when it is sent.
    if (!order.success || !settings.success) return Response.json({ preview: null })
    for (const source of order.data.source) await checkSource(order.data.projectId, source)
    const { pairs, ...rest } = chooseDataset(await datasetCandidates(order.data.source), settings.data)
    const training = pairs.filter(({ split }) => split === 'training').length
    return Response.json({ preview: { training, validation: pairs.length - training, ...rest } }, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
