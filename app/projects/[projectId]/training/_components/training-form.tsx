'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { type PromptEntry, type PromptWords, StoryPromptField, usualVersion } from '@/app/_prompts/story-prompt-field'
import { PresetChoice } from '@/app/_settings/preset-choice'
import { FoldedSettings, SettingFields } from '@/app/_settings/setting-fields'
import type { SettingSpec } from '@/app/_settings/setting-spec'
import type { FormValue, FormValues } from '@/app/_settings/setting-values'
import { ActionForm } from '@/app/_ui/action-form'
import { Field } from '@/app/_ui/field'
import { Select } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'
import { startTrainingRun } from '@/app/projects/[projectId]/training/actions'
import { BaseModelField, type ModelChoice } from '@/app/projects/[projectId]/training/_components/base-model-field'
import { advancedGroups, groupNames, type SettingName, simpleSettings } from '@/app/projects/[projectId]/training/_components/setting-groups'
import type { PresetName } from '@/lib/settings/presets'
import { precisions, schedules } from '@/lib/settings/training-choices'

export type TrainingPreset = { name: PresetName; values: FormValues; baseModel: string; prompt: PromptWords }

/** What to train, on what, and how: a preset fills it in, and everything can be changed. */
export function TrainingForm(props: {
  projectId: string
  models: readonly ModelChoice[]
  datasets: readonly { id: string; label: string }[]
  prompts: readonly PromptEntry[]
  presets: readonly [TrainingPreset, ...TrainingPreset[]]
  specs: readonly SettingSpec[]
}) {
  const t = useTranslations('training')
  const [preset, setPreset] = useState(props.presets[0])
  const [values, setValues] = useState(preset.values)
  const known = props.models.some((model) => model.name === preset.baseModel)

  const optionLabel = (name: SettingName, option: string) => {
    if (name === 'schedule' && isOne(option, schedules)) return t(`schedules.${option}`)
    if (name === 'precision' && isOne(option, precisions)) return t(`precisions.${option}`)
    return option
  }

  const fields = {
    specs: props.specs,
    values,
    label: (name: SettingName) => t(`setting.${name}`),
    optionLabel,
    onChange: (name: SettingName, value: FormValue) => setValues((all) => ({ ...all, [name]: value })),
  }

  return (
    <ActionForm action={startTrainingRun} values={{ projectId: props.projectId }} label={t('newRun')} className="max-w-[880px] gap-6">
      <PresetChoice
        presets={props.presets.map(({ name }) => ({ name, title: t(`presets.${name}`), about: t(`presetAbout.${name}`) }))}
        chosen={preset.name}
        onChoose={(name) => {
          const next = props.presets.find((each) => each.name === name)
          if (!next) return
          setPreset(next)
          setValues(next.values)
        }}
      />
      <div className="grid gap-x-6 gap-y-4 md:grid-cols-2">
        <div className="grid gap-1">
          <BaseModelField key={known ? preset.baseModel : 'kept'} models={props.models} chosen={known ? preset.baseModel : (props.models[0]?.name ?? '')} />
          {!known && <p className="m-0 text-sm text-gamboge-text">{t('presetModelMissing', { model: preset.baseModel })}</p>}
        </div>
        <Field name="datasetVersionId" label={t('dataset')} hint={t('datasetHint')}>
          <Select defaultValue={props.datasets[0]?.id}>
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
        key={preset.name}
        versions={props.prompts}
        preset={preset.prompt}
        chosen={usualVersion(props.prompts, props.presets.map((each) => each.prompt), preset.prompt)}
        hint={t('promptHint')}
      />
      <FoldedSettings summary={t('advanced')} groups={groupNames.map((group) => ({ title: t(`groups.${group}`), names: advancedGroups[group] }))} {...fields} />
      <div>
        <SubmitButton kind="primary">{t('train')}</SubmitButton>
      </div>
    </ActionForm>
  )
}

function isOne<T extends string>(text: string, all: readonly T[]): text is T {
  return all.some((each) => each === text)
}
