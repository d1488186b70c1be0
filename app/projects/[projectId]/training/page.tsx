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
import { type TrainingBeginning, TrainingForm, type TrainingPreset } from '@/app/projects/[projectId]/training/_components/training-form'
import { presets } from '@/lib/settings/presets'
import { trainingSettings } from '@/lib/settings/training'
import { type TrainingPresetName, trainingPresets } from '@/lib/settings/training-presets'
import { isStarter, listModels, modelDirectory } from '@/lib/stages/models'
import { listDatasetVersions } from '@/lib/stages/pairs/datasets'
import { listPromptVersions } from '@/lib/stages/prompts/prompts'
import { listTrainingRuns, type TrainingRunWithJob } from '@/lib/stages/training/training'

type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('training'))('title') }
}

export default async function TrainingPage({ params, searchParams }: Props) {
  const [{ projectId }, { from }] = await Promise.all([params, searchParams])
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
      label: [t('datasetOption', { ordinal: version.ordinal, training: number(version.trainingPairs), validation: number(version.validationPairs) }), version.name].filter(Boolean).join(' · '),
    }))
  const cloned = runs.find((run) => run.id === from)
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
            <LinkButton kind="primary" href={`/projects/${projectId}/pairs/versions`}>
              {t('toPairs')}
            </LinkButton>
          }
        >
          {t('noDataset')}
        </EmptyState>
      ) : (
        <div id="new-run">
        <Panel title={cloned ? t('cloneOf', { ordinal: cloned.ordinal }) : t('newRun')}>
          <TrainingForm
            key={cloned?.id}
            projectId={projectId}
            models={[{ value: 'starter', name: 'starter', kind: 'base', label: t('starterModel') }, ...models]}
            datasets={datasets}
            prompts={prompts.map(({ id, version, system, template }) => ({ id, version, system, template }))}
            presets={[presetOf('starter'), presetOf('kuwen'), presetOf('careful')]}
            beginning={beginningOf(cloned ?? runs[0], datasets)}
            specs={settingSpecs(trainingSettings, errorLocale(locale))}
          />
        </Panel>
        </div>
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
  const models = (await listModels()).filter((model) => !isStarter(model) && model.sha256 !== null)
  const isShared = (name: string) => name === 'starter' || models.filter((model) => model.name === name).length > 1
  return models.map((model) => {
    const { id: value, name, kind, parameters } = model
    const more = [parameters === null ? null : millions(parameters), isShared(name) ? modelDirectory(model) : null].filter((part) => part !== null)
    return { value, name, kind, label: more.length > 0 ? `${name} (${more.join(' · ')})` : name }
  })
}

function millions(parameters: bigint): string {
  const count = Number(parameters)
  return count >= 1e9 ? `${(count / 1e9).toFixed(1)}B` : `${Math.round(count / 1e6)}M`
}

function presetOf(name: TrainingPresetName): TrainingPreset {
  const { baseModel, ...values } = trainingPresets[name]
  return { name, values: formValuesOf(values), baseModel, prompt: presets[name === 'starter' ? 'starter' : 'kuwen'].stories.prompt }
}

function beginningOf(run: TrainingRunWithJob | undefined, datasets: readonly { id: string }[]): TrainingBeginning | null {
  const known = trainingSettings.safeParse(run?.settings)
  const first = datasets[0]
  if (!run || !known.success || !first) return null
  const { baseModel: _name, ...values } = known.data
  return {
    values: formValuesOf(values),
    baseModel: isStarter(run.baseModel) ? 'starter' : run.baseModelId,
    datasetVersionId: datasets.some((dataset) => dataset.id === run.datasetVersionId) ? run.datasetVersionId : first.id,
    promptVersionId: run.promptVersionId,
  }
}
