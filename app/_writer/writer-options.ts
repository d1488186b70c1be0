import { listEndpoints } from '@/lib/llm/endpoints'
import { listModels } from '@/lib/stages/models'
import { foundModels } from '@/lib/stages/models/found'

/** What a form may offer as writer: names of this machine's models, and the endpoints that are known. */
export type WriterOptions = {
  models: readonly { name: string; note: 'base' | 'merged' }[]
  endpoints: readonly { id: string; name: string; baseUrl: string; style: 'chat' | 'completions' }[]
}

/** Models that are there and the endpoints; the starter model always, since the set-up makes it. */
export async function writerOptions(): Promise<WriterOptions> {
  const [models, found, endpoints] = await Promise.all([listModels(), foundModels(), listEndpoints()])
  const known = models
    .filter((model) => model.kind === 'base' || model.sha256 !== null)
    .map((model) => ({ name: model.name, note: model.kind }))
  const loose = found.filter(({ name }) => !known.some((model) => model.name === name) && name !== 'starter').map(({ name }) => ({ name, note: 'base' as const }))
  const starter = known.some((model) => model.name === 'starter') ? [] : [{ name: 'starter', note: 'base' as const }]
  return {
    models: [...starter, ...known, ...loose],
    endpoints: endpoints.map(({ id, name, baseUrl, style }) => ({ id, name, baseUrl, style })),
  }
}
