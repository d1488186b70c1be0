'use client'

import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { DraftNotice } from '@/app/_prompts/draft-notice'
import { isSameWords, type PromptWords, readStoryWords, storyDraftName } from '@/app/_prompts/story-draft'
import { StoryWordsFields } from '@/app/_prompts/story-words-fields'
import { useDraft } from '@/app/_prompts/use-draft'
import { Field } from '@/app/_ui/field'
import { Select } from '@/app/_ui/inputs'
import { Link } from '@/app/_ui/link'

export type { PromptWords }
export type PromptEntry = PromptWords & { id: string; version: number; note: string }

/** `prompt` of the form is a version's id, or `new` with the words beside it. */
type Choice = { kind: 'version'; id: string } | { kind: 'preset' } | { kind: 'edited' }

type Props = {
  projectId: string
  versions: readonly PromptEntry[]
  preset: PromptWords
  /** The version to begin with; null for the words of the preset. */
  chosen: string | null
  hint: ReactNode
  /** The version that the chosen model was trained with: another one is allowed, with a word about it. */
  trainedWith?: string | null
}

/**
 * Which words go to the model: a version, what the preset says, or one's own, kept as a new version and until then as a draft in
 * this browser. Training and stories render the same.
 */
export function StoryPromptField({ projectId, versions, preset, chosen, hint, trainedWith = null }: Props) {
  const t = useTranslations('prompts')
  const [choice, setChoice] = useState<Choice | null>(null)
  const first: Choice = chosen === null ? { kind: 'preset' } : { kind: 'version', id: chosen }
  const current = choice ?? first
  const draft = useDraft(storyDraftName(projectId), wordsOf(first, versions, preset), { begin: 'draft', read: readStoryWords })
  const words = current.kind === 'edited' ? draft.value : wordsOf(current, versions, preset)
  const presetIsVersion = versions.some((version) => isSameWords(version, preset))
  const trained = versions.find((version) => version.id === trainedWith)
  const choose = (value: string) => {
    if (value === 'preset') setChoice({ kind: 'preset' })
    else if (value === 'edited') {
      // A draft that is there is gone on with; else the words on the screen are the beginning of one.
      if (draft.changedAt === null) draft.set(words)
      setChoice({ kind: 'edited' })
    }
    else setChoice({ kind: 'version', id: value })
  }

  return (
    <div className="grid gap-3">
      <Field name="promptChoice" label={t('label')} hint={hint}>
        <Select value={current.kind === 'version' ? current.id : current.kind} onChange={(event) => choose(event.target.value)}>
          {versions.map((version) => (
            <option key={version.id} value={version.id}>
              {version.note === '' ? t('version', { version: version.version }) : t('versionNoted', { version: version.version, note: version.note })}
            </option>
          ))}
          {(!presetIsVersion || current.kind === 'preset') && <option value="preset">{t('preset')}</option>}
          <option value="edited">{t(draft.changedAt === null ? 'edit' : 'editDraft')}</option>
        </Select>
      </Field>
      <Link href={`/projects/${projectId}/stories/prompts`} className="w-fit text-sm text-muted underline decoration-line underline-offset-4 hover:text-ink">
        {t('toVersions')}
      </Link>
      {trained && !(current.kind === 'version' && current.id === trained.id) && <p className="m-0 text-sm text-gamboge-text">{t('unlikeTraining', { version: trained.version })}</p>}
      <input type="hidden" name="prompt" value={current.kind === 'version' ? current.id : 'new'} />
      {current.kind === 'edited' ? (
        <>
          <DraftNotice draft={draft} saved={null} />
          <StoryWordsFields words={words} onChange={draft.set} />
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
  if (newest && !presets.some((each) => isSameWords(each, newest))) return newest.id
  return versions.find((version) => isSameWords(version, preset))?.id ?? null
}

function wordsOf(choice: Choice, versions: readonly PromptEntry[], preset: PromptWords): PromptWords {
  return (choice.kind === 'version' && versions.find((version) => version.id === choice.id)) || preset
}
