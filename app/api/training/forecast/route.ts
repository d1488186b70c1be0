import { guardRequest } from '@/app/_guard/guard-request'
import { runInputs } from '@/app/_training/run-inputs'
import { refusedRequest } from '@/app/api/refused-request'
import { MolianError } from '@/lib/errors'
import { listPromptVersions } from '@/lib/stages/prompts/prompts'
import { findDatasetVersion } from '@/lib/stages/pairs/datasets'
import { readForecastFacts } from '@/lib/stages/training/forecast-facts'

/** What the forecast of a training goes by, for the model, the pairs and the prompt that a form has chosen. */
export async function GET(request: Request): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    const asked = runInputs.safeParse(Object.fromEntries(new URL(request.url).searchParams))
    if (!asked.success) throw new MolianError('request.bad-query', { field: asked.error.issues[0]?.path.join('.') ?? '' })
    const { baseModel, datasetVersionId, prompt, promptSystem, promptTemplate } = asked.data
    const version = await findDatasetVersion(datasetVersionId)
    if (!version) throw new MolianError('run.missing', { what: 'dataset version' })
    const chosen = (await listPromptVersions(version.projectId, 'story')).find(({ id }) => id === prompt)
    const { system, template } = chosen ?? { system: promptSystem, template: promptTemplate }
    const facts = await readForecastFacts({ baseModel, datasetVersionId, promptVersionId: chosen?.id ?? null, system, template })
    return Response.json(facts, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}
