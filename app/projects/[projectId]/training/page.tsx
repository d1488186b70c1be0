import type { Metadata } from 'next'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { errorLocale } from '@/app/_i18n/locale'
import { getFormatter, getLocale, getTranslator } from '@/app/_i18n/server'
import { settingSpecs } from '@/app/_settings/setting-spec'
import { formValuesOf } from '@/app/_settings/setting-values'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { NextStep } from '@/app/_ui/next-step'
import { PageHead } from '@/app/_ui/page-head'
import { Panel } from '@/app/_ui/panel'
import type { ModelChoice } from '@/app/projects/[projectId]/training/_components/base-model-field'
import { RunTable } from '@/app/projects/[projectId]/training/_components/run-table'
import { TrainingForm, type TrainingPreset } from '@/app/projects/[projectId]/training/_components/training-form'
import { type PresetName, presets } from '@/lib/settings/presets'
import { trainingSettings } from '@/lib/settings/training'
import { listModels } from '@/lib/stages/models'
import { listDatasetVersions } from '@/lib/stages/datasets'
import { listPromptVersions } from '@/lib/stages/prompts'
import { listTrainingRuns } from '@/lib/stages/training'

type Props = { params: Promise<{ projectId: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('training'))('title') }
}

export default async function TrainingPage({ params }: Props) {
  const { projectId } = await params
  const [t, { number }, locale, runs, versions, models, prompts] = await Promise.all([
    getTranslator('training'),
    getFormatter(),
    getLocale(),
    listTrainingRuns(projectId),
    listDatasetVersions(projectId),
    knownModels(),
    listPromptVersions(projectId, 'story'),
  ])
  const datasets = versions
    .filter((version) => version.job.state === 'succeeded' && version.trainingPairs > 0)
    .map((version) => ({
      id: version.id,
      label: t('datasetOption', { ordinal: version.ordinal, training: number(version.trainingPairs), validation: number(version.validationPairs) }),
    }))
  const merged = runs.some((run) => run.adapter?.mergedModel?.sha256)
  return (
    <ClientMessages areas={['training', 'prompts', 'settings']}>
      <PageHead title={t('title')} note={t('note')} />
      {runs.length > 0 && (
        <div className="mb-8">
          <RunTable projectId={projectId} runs={runs} />
        </div>
      )}
      {datasets.length === 0 ? (
        <EmptyState
          action={
            <LinkButton kind="primary" href={`/projects/${projectId}/pairs`}>
              {t('toPairs')}
            </LinkButton>
          }
        >
          {t('noDataset')}
        </EmptyState>
      ) : (
        <Panel title={t('newRun')}>
          <TrainingForm
            projectId={projectId}
            models={[{ name: 'starter', kind: 'base', label: t('starterModel') }, ...models]}
            datasets={datasets}
            prompts={prompts.map(({ id, version, system, template }) => ({ id, version, system, template }))}
            presets={[presetOf('starter'), presetOf('kuwen')]}
            specs={settingSpecs(trainingSettings, errorLocale(locale))}
          />
        </Panel>
      )}
      {runs.length > 0 && (
        <NextStep href={`/projects/${projectId}/stories`} waiting={merged ? undefined : t('mergeFirst')}>
          {t('toStories')}
        </NextStep>
      )}
    </ClientMessages>
  )
}

async function knownModels(): Promise<ModelChoice[]> {
  const models = await listModels()
  return models
    .filter((model) => model.name !== 'starter' && model.sha256 !== null)
    .map((model) => ({ name: model.name, kind: model.kind, label: model.parameters === null ? model.name : `${model.name} (${millions(model.parameters)})` }))
}

function millions(parameters: bigint): string {
  const count = Number(parameters)
  return count >= 1e9 ? `${(count / 1e9).toFixed(1)}B` : `${Math.round(count / 1e6)}M`
}

function presetOf(name: PresetName): TrainingPreset {
  const { training, stories } = presets[name]
  const { baseModel, ...values } = training
  return { name, values: formValuesOf(values), baseModel, prompt: stories.prompt }
}
