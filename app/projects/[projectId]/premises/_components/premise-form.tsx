'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { PromptFields } from '@/app/projects/[projectId]/premises/_components/prompt-fields'
import { PromptPreview } from '@/app/projects/[projectId]/premises/_components/prompt-preview'
import { submitPremises } from '@/app/projects/[projectId]/premises/actions'
import { PresetChoice } from '@/app/_settings/preset-choice'
import { FoldedSettings } from '@/app/_settings/setting-fields'
import type { SettingSpec } from '@/app/_settings/setting-spec'
import { type FormValues, formValuesOf } from '@/app/_settings/setting-values'
import { WriterChoice, type WriterValue, writerValue } from '@/app/_writer/writer-choice'
import { NewEndpoint } from '@/app/_writer/new-endpoint'
import type { WriterOptions } from '@/app/_writer/writer-options'
import { ActionForm } from '@/app/_ui/action-form'
import { SubmitButton } from '@/app/_ui/submit-button'
import type { PremisePrompt, PremiseSampling } from '@/lib/settings/premises'
import type { PresetName } from '@/lib/settings/presets'

export type Beginning = { prompt: PremisePrompt; sampling: PremiseSampling; writer: Partial<WriterValue> }
export type PresetEntry = Beginning & { name: PresetName; title: string; about: string }

// Named here and not read from the schema, which would bring the whole of zod to the browser.
const names = ['style', 'temperature', 'topP', 'maxTokens', 'maximumCharacters', 'minimumCharacters', 'tries', 'concurrency', 'seed'] as const satisfies readonly (keyof PremiseSampling)[]

/** The prompt, who writes, and how: saved as a version, or started on a passage set. */
export function PremiseForm(props: {
  projectId: string
  passageSetId: string
  /** Passages that the run will write for. */
  passages: number
  beginning: Beginning
  presets: readonly PresetEntry[]
  specs: readonly SettingSpec[]
  writers: WriterOptions
}) {
  const t = useTranslations('premises')
  const [preset, setPreset] = useState<PresetName | null>(null)
  const [prompt, setPrompt] = useState(props.beginning.prompt)
  const [sampling, setSampling] = useState<FormValues>(formValuesOf(props.beginning.sampling))
  const [writer, setWriter] = useState(writerValue(props.writers, props.beginning.writer))

  const choose = (name: PresetName) => {
    const entry = props.presets.find((each) => each.name === name)
    if (!entry) return
    setPreset(name)
    setPrompt(entry.prompt)
    setSampling(formValuesOf(entry.sampling))
    setWriter(writerValue(props.writers, entry.writer))
  }

  return (
    <ActionForm action={submitPremises} values={{ projectId: props.projectId, passageSetId: props.passageSetId }} label={t('title')} className="gap-6">
      <PresetChoice presets={props.presets} chosen={preset} onChoose={choose} />
      <div className="grid gap-x-12 gap-y-6 lg:grid-cols-2">
        <div className="grid content-start gap-4">
          <PromptFields value={prompt} onChange={setPrompt} />
          <PromptPreview />
        </div>
        <div className="grid content-start gap-6">
          <div className="grid gap-3">
            <WriterChoice options={props.writers} value={writer} onChange={setWriter} />
            {writer.kind === 'endpoint' && (
              <div>
                <NewEndpoint />
              </div>
            )}
          </div>
          <FoldedSettings
            summary={t('howItWrites')}
            groups={[{ title: t('samplingAbout'), names }]}
            specs={props.specs}
            values={sampling}
            label={(name) => t(`sampling.${name}`)}
            onChange={(name, value) => setSampling((all) => ({ ...all, [name]: value }))}
          />
          <div className="flex flex-wrap items-center gap-3">
            <SubmitButton kind="primary" name="intent" value="start">
              {t('start', { count: props.passages })}
            </SubmitButton>
            <SubmitButton name="intent" value="save">
              {t('save')}
            </SubmitButton>
          </div>
        </div>
      </div>
    </ActionForm>
  )
}
