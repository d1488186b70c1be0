'use client'

import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { TemplateField } from '@/app/_prompts/template-field'
import { Field } from '@/app/_ui/field'
import { Select, Textarea } from '@/app/_ui/inputs'
import { storyVariables } from '@/lib/llm/prompt-variables'

export type PromptWords = { system: string; template: string }
export type PromptEntry = PromptWords & { id: string; version: number }

/** `prompt` of the form is a version's id, or `new` with the words beside it. */
type Choice = { kind: 'version'; id: string } | { kind: 'preset' } | { kind: 'edited'; words: PromptWords }

type Props = {
  versions: readonly PromptEntry[]
  preset: PromptWords
  /** The version to begin with; null for the words of the preset. */
  chosen: string | null
  hint: ReactNode
  /** The version that the chosen model was trained with: another one is allowed, with a word about it. */
  trainedWith?: string | null
}

/**
 * Which words go to the model: a version, what the preset says, or one's own, kept as a new version. Training and
 * stories render the same.
 */
export function StoryPromptField({ versions, preset, chosen, hint, trainedWith = null }: Props) {
  const t = useTranslations('prompts')
  const [choice, setChoice] = useState<Choice | null>(null)
  const first: Choice = chosen === null ? { kind: 'preset' } : { kind: 'version', id: chosen }
  const current = choice ?? first
  const words = wordsOf(current, versions, preset)
  const presetIsVersion = versions.some((version) => isSame(version, preset))
  const trained = versions.find((version) => version.id === trainedWith)
  const choose = (value: string) => {
    if (value === 'preset') setChoice({ kind: 'preset' })
    else if (value === 'edited') setChoice({ kind: 'edited', words })
    else setChoice({ kind: 'version', id: value })
  }

  return (
    <div className="grid gap-3">
      <Field name="promptChoice" label={t('label')} hint={hint}>
        <Select value={current.kind === 'version' ? current.id : current.kind} onChange={(event) => choose(event.target.value)}>
          {versions.map((version) => (
            <option key={version.id} value={version.id}>
              {t('version', { version: version.version })}
            </option>
          ))}
          {(!presetIsVersion || current.kind === 'preset') && <option value="preset">{t('preset')}</option>}
          <option value="edited">{t('edit')}</option>
        </Select>
      </Field>
      {trained && !(current.kind === 'version' && current.id === trained.id) && <p className="m-0 text-sm text-gamboge-text">{t('unlikeTraining', { version: trained.version })}</p>}
      <input type="hidden" name="prompt" value={current.kind === 'version' ? current.id : 'new'} />
      {current.kind === 'edited' ? (
        <>
          <Field name="promptSystem" label={t('system')} hint={t('systemHint')}>
            <Textarea rows={3} value={words.system} onChange={(event) => setChoice({ kind: 'edited', words: { ...words, system: event.target.value } })} />
          </Field>
          <TemplateField name="promptTemplate" label={t('template')} rows={3} value={words.template} variables={storyVariables} required="premise" onChange={(template) => setChoice({ kind: 'edited', words: { ...words, template } })} />
        </>
      ) : (
        <>
          {current.kind === 'preset' && (
            <>
              <input type="hidden" name="promptSystem" value={words.system} />
              <input type="hidden" name="promptTemplate" value={words.template} />
            </>
          )}
          <dl className="m-0 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 rounded-base bg-wash px-3 py-2 text-sm">
            <dt className="text-muted">{t('system')}</dt>
            <dd className="m-0 [overflow-wrap:anywhere] whitespace-pre-wrap">{words.system || '–'}</dd>
            <dt className="text-muted">{t('template')}</dt>
            <dd className="m-0 font-mono [overflow-wrap:anywhere] whitespace-pre-wrap">{words.template}</dd>
          </dl>
        </>
      )}
    </div>
  )
}

/** The version to begin with: the newest where a person wrote it, else the one that says what the preset says, if any. */
export function usualVersion(versions: readonly PromptEntry[], presets: readonly PromptWords[], preset: PromptWords): string | null {
  const newest = versions[0]
  if (newest && !presets.some((each) => isSame(each, newest))) return newest.id
  return versions.find((version) => isSame(version, preset))?.id ?? null
}

function isSame(a: PromptWords, b: PromptWords): boolean {
  return a.system === b.system && a.template === b.template
}

function wordsOf(choice: Choice, versions: readonly PromptEntry[], preset: PromptWords): PromptWords {
  if (choice.kind === 'edited') return choice.words
  if (choice.kind === 'preset') return preset
  return versions.find((version) => version.id === choice.id) ?? preset
}
