'use client'

import { useTranslations } from 'use-intl/react'
import { Fold } from '@/app/_settings/fold'
import { SettingFields } from '@/app/_settings/setting-fields'
import type { SettingSpec } from '@/app/_settings/setting-spec'
import { TemplateField } from '@/app/_prompts/template-field'
import { Checkbox } from '@/app/_ui/checkbox'
import { Field } from '@/app/_ui/field'
import { Select, Textarea } from '@/app/_ui/inputs'
import { fieldName, ownNames, type PromptChoice, sharedNames, type Way, type WayName } from '@/app/projects/[projectId]/stories/playground/_ways'
import { storyVariables } from '@/lib/llm/prompt-variables'
import type { StagePresetName } from '@/lib/settings/presets'

type Words = { system: string; template: string }

/** What ways may choose from: the settings, the project's versions of the story prompt, and the presets' words. */
export type Ways = { specs: readonly SettingSpec[]; versions: readonly (Words & { id: string; version: number; note: string })[]; presets: readonly (Words & { name: StagePresetName })[] }

/** In which words a column is asked and how it is sampled: of all columns, or of one (`at`). */
export function WayFields(props: { at: number | null; way: Way; ways: Ways; drawsSeed: boolean; onDrawsSeed?: (draws: boolean) => void; onChange: (way: Way) => void }) {
  const t = useTranslations('playground')
  const stories = useTranslations('stories')
  const { at, way, ways } = props
  const names = at === null ? sharedNames : ownNames
  const fields = names.filter((name) => !(name === 'seed' && props.drawsSeed))
  const specs = ways.specs.map((spec) => ({ ...spec, name: fieldName(at, spec.name) }))
  const values = Object.fromEntries(names.map((name) => [fieldName(at, name), way.sampling[name] ?? '']))
  const plain = (name: string) => names.find((each) => fieldName(at, each) === name) ?? 'seed'
  const settings = (shown: readonly WayName[]) => (
    <SettingFields
      names={shown.map((name) => fieldName(at, name))}
      specs={specs}
      values={values}
      label={(name) => stories(`setting.${plain(name)}`)}
      optionLabel={(_, option) => (option === 'chat' || option === 'completions' ? stories(`styles.${option}`) : option)}
      onChange={(name, value) => props.onChange({ ...way, sampling: { ...way.sampling, [plain(name)]: value } })}
    />
  )
  return (
    <div className="grid gap-5">
      <PromptFields at={at} choice={way.prompt} ways={ways} onChange={(prompt) => props.onChange({ ...way, prompt })} />
      {at === null ? (
        <div className="grid grid-cols-[repeat(auto-fill,minmax(min(200px,100%),1fr))] gap-x-6 gap-y-4">{settings(fields)}</div>
      ) : (
        <>
          {settings(['temperature'])}
          <Fold summary={t('moreSampling')}>{settings(fields.filter((name) => name !== 'temperature'))}</Fold>
        </>
      )}
      {props.onDrawsSeed && <Checkbox label={t('drawSeed')} hint={t('drawSeedHint')} checked={props.drawsSeed} onChange={(event) => props.onDrawsSeed?.(event.target.checked)} />}
    </div>
  )
}

function PromptFields({ at, choice, ways, onChange }: { at: number | null; choice: PromptChoice; ways: Ways; onChange: (choice: PromptChoice) => void }) {
  const t = useTranslations('playground')
  const prompts = useTranslations('prompts')
  const stories = useTranslations('stories')
  const words = wordsOf(choice, ways)
  const choose = (value: string) => {
    const version = ways.versions.find(({ id }) => id === value)
    const preset = ways.presets.find(({ name }) => name === value)
    if (version) onChange({ kind: 'version', id: version.id })
    else if (preset) onChange({ kind: 'preset', name: preset.name })
    else if (value === 'words') onChange({ kind: 'words', ...(words ?? ways.versions[0] ?? ways.presets[0] ?? { system: '', template: '{{premise}}' }) })
    else onChange({ kind: 'trained' })
  }
  const value = choice.kind === 'version' ? choice.id : choice.kind === 'preset' ? choice.name : choice.kind
  return (
    <div className="grid gap-3">
      <Field name={fieldName(at, 'promptChoice')} label={t('prompt')} hint={choice.kind === 'trained' ? t('trainedHint') : undefined}>
        <Select value={value} onChange={(event) => choose(event.target.value)}>
          <option value="trained">{t('trainedWith')}</option>
          {ways.versions.map(({ id, version, note }) => (
            <option key={id} value={id}>
              {[prompts('version', { version }), note].filter(Boolean).join(' · ')}
            </option>
          ))}
          {ways.presets.map(({ name }) => (
            <option key={name} value={name}>
              {t('presetWords', { preset: stories(`presets.${name}`) })}
            </option>
          ))}
          <option value="words">{t('ownWords')}</option>
        </Select>
      </Field>
      {choice.kind === 'words' ? (
        <>
          <Field name={fieldName(at, 'system')} label={prompts('system')}>
            <Textarea rows={2} value={choice.system} onChange={(event) => onChange({ ...choice, system: event.target.value })} />
          </Field>
          <TemplateField name={fieldName(at, 'template')} label={prompts('template')} rows={2} value={choice.template} variables={storyVariables} required="premise" onChange={(template) => onChange({ ...choice, template })} />
        </>
      ) : (
        words && (
          <p className="m-0 rounded-base bg-wash px-3 py-2 text-sm [overflow-wrap:anywhere] whitespace-pre-wrap">
            {words.system && <>{words.system}{'\n'}</>}
            <span className="font-mono">{words.template}</span>
          </p>
        )
      )}
    </div>
  )
}

function wordsOf(choice: PromptChoice, { versions, presets }: Ways): Words | null {
  switch (choice.kind) {
    case 'version':
      return versions.find(({ id }) => id === choice.id) ?? null
    case 'preset':
      return presets.find(({ name }) => name === choice.name) ?? null
    case 'words':
    case 'trained':
      return null
  }
}
