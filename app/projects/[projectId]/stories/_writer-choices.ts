import { getTranslator } from '@/app/_i18n/server'
import type { WriterChoice } from '@/app/projects/[projectId]/stories/_components/writer-field'
import { listEndpoints } from '@/lib/llm/endpoints'
import { listModels } from '@/lib/stages/models'

/** Who could write stories: tuned models (this project's first), base models as they are, endpoints. */
export async function writerChoices(projectId: string): Promise<WriterChoice[]> {
  const [t, models, endpoints] = await Promise.all([getTranslator('stories'), listModels(), listEndpoints()])
  const ready = models.filter((model) => model.sha256 !== null)
  const merged = ready.filter((model) => model.kind === 'merged').map((model) => ({ model, run: model.adapter?.trainingRun }))
  const own = merged.filter(({ run }) => run?.projectId === projectId)
  const foreign = merged.filter(({ run }) => run?.projectId !== projectId)
  return [
    ...[...own, ...foreign].map(({ model, run }): WriterChoice => ({
      value: `model:${model.id}`,
      group: 'merged',
      label: run ? t('mergedOption', { name: model.name, ordinal: run.ordinal }) : model.name,
      promptVersionId: run?.promptVersionId ?? null,
      style: 'chat',
    })),
    ...ready
      .filter((model) => model.kind === 'base')
      .map((model): WriterChoice => ({ value: `model:${model.id}`, group: 'base', label: model.name, promptVersionId: null, style: null })),
    ...endpoints.map((endpoint): WriterChoice => ({ value: `endpoint:${endpoint.id}`, group: 'endpoint', label: endpoint.name, promptVersionId: null, style: endpoint.style })),
  ]
}
