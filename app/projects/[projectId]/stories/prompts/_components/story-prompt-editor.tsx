'use client'

import { useTranslations } from 'use-intl/react'
import { DraftNotice } from '@/app/_prompts/draft-notice'
import { isSameWords, type PromptWords, readStoryWords, storyDraftName } from '@/app/_prompts/story-draft'
import { StoryWordsFields } from '@/app/_prompts/story-words-fields'
import { useDraft } from '@/app/_prompts/use-draft'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { SubmitButton } from '@/app/_ui/submit-button'
import { saveStoryWords } from '@/app/projects/[projectId]/stories/prompts/actions'
import { StoryPreview } from '@/app/projects/[projectId]/stories/prompts/_components/story-preview'

/** The story prompt as it is being written, kept as a draft until it is saved as a version, with what a model reads beside it. */
export function StoryPromptEditor(props: {
  projectId: string
  beginning: PromptWords
  /** The version whose words it begins with; null where they are the preset's. */
  version: number | null
  /** Whether these words were asked for by the address: then a draft waits beside them. */
  isChosen: boolean
  presets: readonly { name: string; title: string; words: PromptWords }[]
  testFiles: readonly { id: string; label: string }[]
  models: readonly string[]
}) {
  const t = useTranslations('story-prompts')
  const prompts = useTranslations('prompts')
  const draft = useDraft(storyDraftName(props.projectId), props.beginning, { begin: props.isChosen ? 'saved' : 'draft', read: readStoryWords })
  return (
    <div className="grid gap-x-12 gap-y-6 lg:grid-cols-2">
      <ActionForm action={saveStoryWords} values={{ projectId: props.projectId }} label={t('editor')} className="content-start gap-4">
        <DraftNotice draft={draft} saved={props.version === null ? null : prompts('version', { version: props.version })} />
        <StoryWordsFields words={draft.value} onChange={draft.set} />
        <div className="flex flex-wrap items-center gap-3">
          <SubmitButton kind="primary">{t('save')}</SubmitButton>
          {props.presets.map(({ name, title, words }) => (
            <Button key={name} kind="quiet" disabled={isSameWords(words, draft.value)} onClick={() => draft.set(words)}>
              {t('takePreset', { name: title })}
            </Button>
          ))}
        </div>
      </ActionForm>
      {props.testFiles.length > 0 ? <StoryPreview projectId={props.projectId} words={draft.value} testFiles={props.testFiles} models={props.models} /> : <p className="m-0 text-muted">{t('noTestFile')}</p>}
    </div>
  )
}
