'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { useDraft } from '@/app/_prompts/use-draft'
import { Forecast } from '@/app/projects/[projectId]/premises/_components/forecast'
import { DraftNotice } from '@/app/_prompts/draft-notice'
import { OrderBar } from '@/app/projects/[projectId]/premises/_components/order-bar'
import { PromptEditor } from '@/app/projects/[projectId]/premises/_components/prompt-editor'
import { PromptPreview } from '@/app/projects/[projectId]/premises/_components/prompt-preview'
import { draftName, readPrompt } from '@/app/projects/[projectId]/premises/_draft-prompt'
import { type SetOption, SelectionFields } from '@/app/projects/[projectId]/premises/_components/selection-fields'
import { useSelectedPassages } from '@/app/projects/[projectId]/premises/_components/use-selected-passages'
import { selectionOf, wholeSet } from '@/app/projects/[projectId]/premises/_selection'
import { submitPremises } from '@/app/projects/[projectId]/premises/actions'
import { PresetChoice } from '@/app/_settings/preset-choice'
import { FoldedSettings } from '@/app/_settings/setting-fields'
import type { SettingSpec } from '@/app/_settings/setting-spec'
import { type FormValues, formValuesOf } from '@/app/_settings/setting-values'
import { WriterChoice, type WriterValue, writerValue } from '@/app/_writer/writer-choice'
import { NewEndpoint } from '@/app/_writer/new-endpoint'
import type { WriterOptions } from '@/app/_writer/writer-options'
import { ActionForm } from '@/app/_ui/action-form'
import type { Forecast as Reckoned } from '@/lib/llm/forecast'
import type { PremisePrompt, PremiseSampling } from '@/lib/settings/premises'
import type { StagePresetName } from '@/lib/settings/presets'

export type Beginning = { prompt: PremisePrompt; sampling: Required<PremiseSampling>; writer: Partial<WriterValue> }
export type PresetEntry = Beginning & { name: StagePresetName; title: string; about: string }

// Named here and not read from the schema, which would bring the whole of zod to the browser.
const names = ['style', 'temperature', 'topP', 'maxTokens', 'maximumCharacters', 'minimumCharacters', 'tries', 'concurrency', 'jsonOutput', 'scoring', 'seed'] as const satisfies readonly (keyof PremiseSampling)[]

/** Which passages, the prompt, who writes, and how: saved as a version, or started. */
export function PremiseForm(props: {
  projectId: string
  sets: readonly [SetOption, ...SetOption[]]
  beginning: Beginning
  /** The version whose words the form begins with; null where they are a preset's. */
  version: number | null
  /** Whether these words were asked for by the address: then a draft waits beside them. */
  isChosen: boolean
  presets: readonly PresetEntry[]
  specs: readonly SettingSpec[]
  writers: WriterOptions
}) {
  const t = useTranslations('premises')
  const [preset, setPreset] = useState<StagePresetName | null>(null)
  const draft = useDraft(draftName(props.projectId), props.beginning.prompt, { begin: props.isChosen ? 'saved' : 'draft', read: readPrompt })
  const [sampling, setSampling] = useState<FormValues>(formValuesOf(props.beginning.sampling))
  const [writer, setWriter] = useState(writerValue(props.writers, props.beginning.writer))
  const [passageSetId, setPassageSetId] = useState(props.sets[0].id)
  const [selection, setSelection] = useState(wholeSet)
  const whole = props.sets.find(({ id }) => id === passageSetId)?.passages ?? props.sets[0].passages
  const passages = useSelectedPassages(props.projectId, passageSetId, selectionOf(selection), whole)
  const [forecast, setForecast] = useState<Reckoned | null>(null)
  const text = (name: (typeof names)[number]) => String(sampling[name] ?? '')

  const choose = (name: StagePresetName) => {
    const entry = props.presets.find((each) => each.name === name)
    if (!entry) return
    setPreset(name)
    draft.set(entry.prompt)
    setSampling(formValuesOf(entry.sampling))
    setWriter(writerValue(props.writers, entry.writer))
  }

  return (
    <ActionForm action={submitPremises} values={{ projectId: props.projectId }} label={t('title')} className="gap-6">
      <SelectionFields
        projectId={props.projectId}
        sets={props.sets}
        passageSetId={passageSetId}
        value={selection}
        passages={passages}
        onSet={(id) => {
          setPassageSetId(id)
          // Chapters and numbers are those of the set before.
          setSelection({ ...wholeSet, size: selection.size, seed: selection.seed })
        }}
        onChange={setSelection}
      />
      <PresetChoice presets={props.presets} chosen={preset} onChoose={choose} />
      <DraftNotice draft={draft} saved={props.version === null ? null : t('version', { version: props.version })} />
      <div className="grid gap-x-12 gap-y-6 lg:grid-cols-2">
        <PromptEditor value={draft.value} onChange={draft.set} />
        <PromptPreview
          order={{
            projectId: props.projectId,
            passageSetId,
            prompt: draft.value,
            style: text('style'),
            maxTokens: text('maxTokens'),
            seed: text('seed'),
            engineModel: writer.kind === 'engine' ? writer.engineModel : '',
          }}
        />
      </div>
      <div className="grid gap-x-12 gap-y-6 lg:grid-cols-2">
        <div className="grid content-start gap-3">
          <WriterChoice options={props.writers} value={writer} onChange={setWriter} />
          {writer.kind === 'endpoint' && (
            <div>
              <NewEndpoint />
            </div>
          )}
        </div>
        <div>
        <FoldedSettings
          summary={t('howItWrites')}
          groups={[{ title: t('samplingAbout'), names }]}
          specs={props.specs}
          values={sampling}
          label={(name) => t(`sampling.${name}`)}
          onChange={(name, value) => setSampling((all) => ({ ...all, [name]: value }))}
        />
        </div>
      </div>
      <Forecast
        forecast={forecast}
        onForecast={setForecast}
        order={{ passageSetId, selection: selectionOf(selection), prompt: draft.value, sampling, writer }}
        endpoint={writer.kind === 'endpoint' ? { id: props.writers.endpoints.find(({ id }) => id === writer.endpointId)?.id ?? props.writers.endpoints[0]?.id ?? '', model: writer.endpointModel } : null}
      />
      <OrderBar projectId={props.projectId} passages={passages} whole={whole} forecast={forecast} />
    </ActionForm>
  )
}
