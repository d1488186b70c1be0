'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { type PromptEntry, type PromptWords, StoryPromptField, usualVersion } from '@/app/_prompts/story-prompt-field'
import { PresetChoice } from '@/app/_settings/preset-choice'
import { FoldedSettings, SettingFields } from '@/app/_settings/setting-fields'
import type { SettingSpec } from '@/app/_settings/setting-spec'
import type { FormValue, FormValues } from '@/app/_settings/setting-values'
import { type WriterValue, WriterChoice, writerValue } from '@/app/_writer/writer-choice'
import type { WriterOptions } from '@/app/_writer/writer-options'
import { ActionForm } from '@/app/_ui/action-form'
import { Field } from '@/app/_ui/field'
import { Select } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'
import { startStoryRun } from '@/app/projects/[projectId]/stories/actions'
import { advancedGroups, groupNames, type SamplingName, simpleSettings } from '@/app/projects/[projectId]/stories/_components/setting-groups'
import type { StagePresetName } from '@/lib/settings/presets'

/** A model that was trained here: the version it was trained with goes along when it is chosen. */
export type TunedModel = { name: string; promptVersionId: string }

export type StoryPreset = { name: StagePresetName; values: FormValues; prompt: PromptWords }

/** Which rows, who writes, in which words, and how it samples. */
export function StoryForm(props: {
  projectId: string
  testFiles: readonly { id: string; label: string }[]
  writers: WriterOptions
  /** This project's merged models, newest first. */
  tuned: readonly TunedModel[]
  prompts: readonly PromptEntry[]
  /** The version that the address asks for. */
  chosenPrompt: string | null
  presets: readonly [StoryPreset, ...StoryPreset[]]
  specs: readonly SettingSpec[]
}) {
  const t = useTranslations('stories')
  const tries = useTranslations('story-tries')
  const [writer, setWriter] = useState(() => writerValue(props.writers, props.tuned[0] && { engineModel: props.tuned[0].name }))
  const [preset, setPreset] = useState(props.presets[0])
  const [values, setValues] = useState(preset.values)
  const words = props.presets.map((each) => each.prompt)
  const model = writer.kind === 'engine' ? props.tuned.find((each) => each.name === writer.engineModel) : undefined
  const trained = props.prompts.find((version) => version.id === model?.promptVersionId) ?? null

  const chooseWriter = (next: WriterValue) => {
    setWriter(next)
    const isOther = next.kind !== writer.kind || next.endpointId !== writer.endpointId
    if (isOther) setValues((all) => ({ ...all, style: styleOf(next, props.writers) }))
  }
  const fields = {
    specs: props.specs,
    values,
    label: (name: SamplingName) => t(`setting.${name}`),
    optionLabel: (_: SamplingName, option: string) => (option === 'chat' || option === 'completions' ? t(`styles.${option}`) : option),
    onChange: (name: SamplingName, value: FormValue) => setValues((all) => ({ ...all, [name]: value })),
  }

  return (
    <ActionForm action={startStoryRun} values={{ projectId: props.projectId }} label={t('newRun')} className="max-w-[880px] gap-6">
      <div className="grid gap-x-6 gap-y-4 md:grid-cols-2">
        <Field name="testFileId" label={t('testFile')} hint={t('testFileHint')}>
          <Select defaultValue={props.testFiles[0]?.id}>
            {props.testFiles.map((file) => (
              <option key={file.id} value={file.id}>
                {file.label}
              </option>
            ))}
          </Select>
        </Field>
        <WriterChoice options={props.writers} value={writer} onChange={chooseWriter} />
      </div>
      <PresetChoice
        presets={props.presets.map(({ name }) => ({ name, title: t(`presets.${name}`), about: t(`presetAbout.${name}`) }))}
        chosen={preset.name}
        onChoose={(name) => {
          const next = props.presets.find((each) => each.name === name)
          if (!next) return
          setPreset(next)
          setValues({ ...next.values, style: styleOf(writer, props.writers) })
        }}
      />
      <div className="grid gap-x-6 gap-y-4 md:grid-cols-2">
        <SettingFields names={simpleSettings} {...fields} />
      </div>
      <StoryPromptField
        key={`${trained?.id} ${preset.name}`}
        projectId={props.projectId}
        versions={props.prompts}
        preset={preset.prompt}
        chosen={props.chosenPrompt ?? trained?.id ?? usualVersion(props.prompts, words, preset.prompt)}
        trainedWith={trained?.id}
        hint={t('promptHint')}
      />
      <FoldedSettings summary={t('advanced')} groups={groupNames.map((group) => ({ title: t(`groups.${group}`), names: advancedGroups[group] }))} {...fields} />
      <div className="flex flex-wrap gap-3">
        <SubmitButton kind="primary">{t('start')}</SubmitButton>
        <SubmitButton name="rows" value="preview">{tries('preview')}</SubmitButton>
      </div>
    </ActionForm>
  )
}

/** This machine's engine is asked by chat; an endpoint as its own settings say. */
function styleOf(writer: WriterValue, options: WriterOptions): string {
  const endpoint = options.endpoints.find((each) => each.id === writer.endpointId)
  return writer.kind === 'endpoint' && endpoint ? endpoint.style : 'chat'
}
