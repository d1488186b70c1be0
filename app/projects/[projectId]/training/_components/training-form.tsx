'use client'

import { Eye } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { type PromptEntry, type PromptWords, StoryPromptField, usualVersion } from '@/app/_prompts/story-prompt-field'
import { PresetChoice } from '@/app/_settings/preset-choice'
import { FoldedSettings, SettingFields } from '@/app/_settings/setting-fields'
import type { SettingSpec } from '@/app/_settings/setting-spec'
import type { FormValue, FormValues } from '@/app/_settings/setting-values'
import { inputsOf, previewInputs } from '@/app/_training/run-inputs'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { Select } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'
import { startTrainingRun } from '@/app/projects/[projectId]/training/actions'
import { BaseModelField, type ModelChoice } from '@/app/projects/[projectId]/training/_components/base-model-field'
import { ForecastPanel } from '@/app/projects/[projectId]/training/_components/forecast-panel'
import { forecastSettings } from '@/app/projects/[projectId]/training/_components/form-settings'
import { changedFrom, nearest } from '@/app/projects/[projectId]/training/_components/preset-changes'
import { PresetKeeper } from '@/app/projects/[projectId]/training/_components/preset-keeper'
import { advancedGroups, groupNames, type SettingName, simpleSettings } from '@/app/projects/[projectId]/training/_components/setting-groups'
import { useForecastFacts } from '@/app/projects/[projectId]/training/_components/use-forecast-facts'
import type { Change } from '@/lib/forecast/advice'
import { settingWarnings } from '@/lib/forecast/warnings'
import { adapterSources, checkpointings, methods, precisions, schedules } from '@/lib/settings/training-choices'
import type { TrainingPresetName } from '@/lib/settings/presets/training'

/** `baseModel` is a model's name, or null where the preset is for any; `own` is the id of one that somebody here has saved. */
export type TrainingPreset = { name: string; builtIn: TrainingPresetName | null; own: string | null; values: FormValues; baseModel: string | null; prompt: PromptWords }

/** What the form is filled with at first: the last run's choices, or those of the run that is cloned. */
export type TrainingBeginning = {
  values: FormValues
  /** A ModelChoice's value. */
  baseModel: string
  datasetVersionId: string
  promptVersionId: string
}

/** Changed fields that are named; of more it is said how many. */
const mostNamed = 4

/** What to train, on what, and how: a preset fills it in, and everything can be changed. */
export function TrainingForm(props: {
  projectId: string
  models: readonly ModelChoice[]
  datasets: readonly { id: string; label: string }[]
  prompts: readonly PromptEntry[]
  presets: readonly [TrainingPreset, ...TrainingPreset[]]
  beginning: TrainingBeginning | null
  specs: readonly SettingSpec[]
  /** Whether QLoRA can be done here. */
  fourBits: boolean
}) {
  const t = useTranslations('training')
  const { beginning } = props
  const [chosen, setChosen] = useState<string | null>(beginning ? (props.presets.find((each) => changedFrom(each.values, beginning.values).length === 0)?.name ?? null) : props.presets[0].name)
  const preset = props.presets.find((each) => each.name === chosen) ?? null
  // What happened in the form: the forecast looks again at what is chosen in it.
  const [changes, setChanges] = useState(0)
  const [values, setValues] = useState(beginning?.values ?? props.presets[0].values)
  // A preset that was clicked brings its model and prompt; until then those of the beginning stand.
  const [clicked, setClicked] = useState<string | null>(null)
  const wanted = clicked === null && beginning ? null : (preset?.baseModel ?? null)
  const model = wanted === null ? undefined : props.models.find((each) => each.name === wanted || each.value === wanted)
  const kept = beginning?.baseModel ?? props.models[0]?.value ?? ''
  const [baseModel, setBaseModel] = useState(model?.value ?? kept)
  const words = preset?.prompt ?? props.presets[0].prompt

  const presetTitle = ({ builtIn, name }: TrainingPreset) => (builtIn ? t(`presets.${builtIn}`) : name)
  const optionLabel = (name: SettingName, option: string) => {
    if (name === 'schedule' && isOne(option, schedules)) return t(`schedules.${option}`)
    if (name === 'method' && isOne(option, methods)) return t(`methods.${option}`)
    if (name === 'adapterFrom' && isOne(option, adapterSources)) return t(`adapterSources.${option}`)
    if (name === 'gradientCheckpointing' && isOne(option, checkpointings)) return t(`checkpointings.${option}`)
    if (name === 'precision' && isOne(option, precisions)) return t(`precisions.${option}`)
    return option
  }

  const inside = useRef<HTMLDivElement>(null)
  const facts = useForecastFacts(inside, changes)
  const settings = forecastSettings(values)
  const warnings = settings && facts?.lengths ? settingWarnings(settings, Number(values.warmupSteps) || 0, facts.lengths) : []
  const hidden = warnings.filter(({ name }) => !simpleSettings.some((each) => each === name)).length
  // Which preset the settings come from, and what is other than in it; without one, the nearest.
  const base = preset ?? nearest(props.presets, values)
  const differing = changedFrom(base.values, values)

  const fields = {
    specs: props.specs,
    values,
    label: (name: SettingName) => t(`setting.${name}`),
    optionLabel,
    warning: (name: SettingName) => {
      const warning = warnings.find((each) => each.name === name)
      return warning && t(`warning.${warning.kind}`, warning.figures)
    },
    onChange: (name: SettingName, value: FormValue) => setValues((all) => ({ ...all, [name]: value })),
  }
  const take = (advised: readonly Change[]) => setValues((all) => advised.reduce<FormValues>((next, { name, value }) => ({ ...next, [name]: typeof value === 'number' ? String(value) : value }), all))
  useEffect(() => setChanges((count) => count + 1), [clicked, baseModel])

  return (
    <ActionForm action={startTrainingRun} values={{ projectId: props.projectId }} label={t('newRun')} className="max-w-[880px] gap-6">
      <div className="grid gap-3">
        <PresetChoice
          presets={props.presets.map((each) => ({ name: each.name, title: presetTitle(each), about: each.builtIn ? t(`presetAbout.${each.builtIn}`) : t('preset.own') }))}
          chosen={preset?.name ?? null}
          onChoose={(name) => {
            const next = props.presets.find((each) => each.name === name)
            if (!next) return
            setChosen(next.name)
            setClicked(next.name)
            setValues(next.values)
            const brought = props.models.find((each) => each.name === next.baseModel || each.value === next.baseModel)
            if (brought) setBaseModel(brought.value)
          }}
        />
        {differing.length > 0 && (
          <p className="m-0 flex flex-wrap items-baseline gap-x-3 gap-y-1 text-sm text-muted" role="status">
            <span>{t('preset.changed', { preset: presetTitle(base), count: differing.length, fields: differing.slice(0, mostNamed).map((name) => t(`setting.${name}`)).join(t('preset.between')), more: differing.length > mostNamed ? 'yes' : 'no' })}</span>
            <Button
              small
              onClick={() => {
                setChosen(base.name)
                setValues(base.values)
                setChanges((count) => count + 1)
              }}
            >
              {t('preset.back', { preset: presetTitle(base) })}
            </Button>
          </p>
        )}
        <PresetKeeper values={values} baseModel={baseModel} own={preset?.own ? { id: preset.own, name: preset.name } : null} />
      </div>
      <div ref={inside} className="contents" onChange={() => setChanges((count) => count + 1)}>
        <div className="grid gap-x-6 gap-y-4 md:grid-cols-2">
          <div className="grid gap-1">
            <BaseModelField key={model?.value ?? 'kept'} models={props.models} chosen={model?.value ?? kept} onChoose={setBaseModel} />
            {wanted !== null && !model && <p className="m-0 text-sm text-gamboge-text">{t('presetModelMissing', { model: wanted })}</p>}
          </div>
          <Field name="datasetVersionId" label={t('dataset')} hint={t('datasetHint')}>
            <Select defaultValue={beginning?.datasetVersionId ?? props.datasets[0]?.id}>
              {props.datasets.map((dataset) => (
                <option key={dataset.id} value={dataset.id}>
                  {dataset.label}
                </option>
              ))}
            </Select>
          </Field>
          <SettingFields names={simpleSettings} {...fields} />
        </div>
        <StoryPromptField
          key={clicked}
          projectId={props.projectId}
          versions={props.prompts}
          preset={words}
          chosen={clicked === null && beginning ? beginning.promptVersionId : usualVersion(props.prompts, props.presets.map((each) => each.prompt), words)}
          hint={t('promptHint')}
        />
        <FoldedSettings summary={hidden > 0 ? t('advancedWith', { count: hidden }) : t('advanced')} groups={groupNames.map((group) => ({ title: t(`groups.${group}`), names: advancedGroups[group] }))} {...fields} />
        {!props.fourBits && values.method === 'qlora' && <p className="m-0 text-sm text-gamboge-text">{t('fourBitsMissing')}</p>}
        <ForecastPanel values={values} facts={facts} onAdvice={take} />
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton kind="primary">{t('train')}</SubmitButton>
        <Button onClick={(event) => openPreview(event.currentTarget.form, props.projectId)}>
          <Eye size={16} aria-hidden />
          {t('preview.open')}
        </Button>
      </div>
    </ActionForm>
  )
}

/** In a tab of its own, so that what was typed here stays. */
function openPreview(form: HTMLFormElement | null, projectId: string): void {
  window.open(`/projects/${projectId}/training/preview?${form ? inputsOf(form, previewInputs) : ''}`, '_blank', 'noopener')
}

function isOne<T extends string>(text: string, all: readonly T[]): text is T {
  return all.some((each) => each === text)
}
