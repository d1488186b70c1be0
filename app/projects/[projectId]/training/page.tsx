import type { Metadata } from 'next'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { errorLocale } from '@/app/_i18n/locale'
import { getFormatter, getLocale, getTranslator } from '@/app/_i18n/server'
import { type SettingSpec, settingSpecs } from '@/app/_settings/setting-spec'
import { formValuesOf } from '@/app/_settings/setting-values'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { Link } from '@/app/_ui/link'
import { NextStep } from '@/app/_ui/next-step'
import { PageHead } from '@/app/_ui/page-head'
import { Panel } from '@/app/_ui/panel'
import type { ModelChoice } from '@/app/projects/[projectId]/training/_components/base-model-field'
import { RunList } from '@/app/projects/[projectId]/training/_components/run-list'
import { type TrainingBeginning, TrainingForm, type TrainingPreset } from '@/app/projects/[projectId]/training/_components/training-form'
import { jobAround, presets } from '@/lib/settings/presets'
import { trainingSettings } from '@/lib/settings/training'
import { type TrainingPresetName, trainingPresets } from '@/lib/settings/presets/training'
import { latestDevice } from '@/lib/stages/devices'
import { listOwnPresets, type OwnPreset } from '@/lib/stages/training/presets'
import { isStarter, isStarterFolder, listModels, modelDirectory } from '@/lib/stages/models'
import { foundModels } from '@/lib/stages/models/found'
import { listDatasetVersions } from '@/lib/stages/pairs/datasets'
import { listPromptVersions } from '@/lib/stages/prompts/prompts'
import { listTrainingRuns, type TrainingRunWithJob } from '@/lib/stages/training/training'

type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('training'))('title') }
}

export default async function TrainingPage({ params, searchParams }: Props) {
  const [{ projectId }, asked] = await Promise.all([params, searchParams])
  const { from } = asked
  const [t, { number }, locale, runs, versions, models, prompts, own, device] = await Promise.all([
    getTranslator('training'),
    getFormatter(),
    getLocale(),
    listTrainingRuns(projectId),
    listDatasetVersions(projectId),
    knownModels(),
    listPromptVersions(projectId, 'story'),
    listOwnPresets(),
    latestDevice(),
  ])
  const datasets = versions
    .filter((version) => version.job.state === 'succeeded' && version.trainingPairs > 0)
    .map((version) => ({
      id: version.id,
      label: [t('datasetOption', { ordinal: version.ordinal, training: number(version.trainingPairs), validation: number(version.validationPairs) }), version.name].filter(Boolean).join(' · '),
    }))
  const fourBits = device?.kind === 'cuda' && device.hasBitsandbytes
  const cloned = runs.find((run) => run.id === from)
  const merged = runs.some((run) => run.adapter?.mergedModel?.sha256)
  const unmerged = runs.find((run) => run.adapter)
  return (
    <ClientMessages areas={['training', 'prompts', 'settings', 'jobs']}>
      <PageHead title={t('title')} note={t('note')} />
      {runs.length > 0 && (
        <div className="mb-8">
          <RunList projectId={projectId} runs={runs} asked={asked} />
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
            prompts={prompts.map(({ id, version, note, system, template }) => ({ id, version, note, system, template }))}
            presets={[presetOf('starter'), presetOf('kuwen'), presetOf('careful'), ...own.map(ownPresetOf)]}
            beginning={beginningOf(cloned ?? runs[0], datasets)}
            specs={specsFor(settingSpecs(trainingSettings, errorLocale(locale)), fourBits)}
            fourBits={fourBits}
          />
        </Panel>
        </div>
      )}
      {runs.length > 0 && (
        <NextStep href={`/projects/${projectId}/stories`} waiting={merged ? undefined : unmerged ? <Link href={`/projects/${projectId}/training/${unmerged.id}`} className="text-ink underline decoration-line underline-offset-4 hover:decoration-current">{t('mergeFirst')}</Link> : t('trainFirst')}>
          {t('toStories')}
        </NextStep>
      )}
    </ClientMessages>
  )
}

async function knownModels(): Promise<ModelChoice[]> {
  const [rows, found] = await Promise.all([listModels(), foundModels()])
  const known = rows.filter((model) => !isStarter(model) && model.sha256 !== null)
  // What lies on this machine and was not used yet is named by its folder.
  const taken = new Set(rows.map(modelDirectory))
  const loose = found.filter(({ directory }) => !taken.has(directory) && !isStarterFolder(directory)).map(({ name, directory, model }) => ({ id: directory, name, directory, kind: 'base' as const, parameters: model.parameters }))
  const models = [...known, ...loose]
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
  return { name, builtIn: name, own: null, values: formValuesOf(values), baseModel, prompt: presets[name].stories.prompt }
}

function ownPresetOf({ id, name, settings }: OwnPreset): TrainingPreset {
  const { baseModel, ...values } = settings
  return { name, builtIn: null, own: id, values: formValuesOf(values), baseModel, prompt: jobAround(settings).stories.prompt }
}

/** QLoRA is offered where it can be done. */
function specsFor(specs: readonly SettingSpec[], fourBits: boolean): SettingSpec[] {
  return specs.map((spec) => (spec.name === 'method' && !fourBits ? { ...spec, options: spec.options.filter((option) => option !== 'qlora') } : spec))
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
