'use client'

import { useTranslations } from 'use-intl/react'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { SubmitButton } from '@/app/_ui/submit-button'
import { chooseStoryTry, redoStoryEdit, rewriteRowAgain, undoStoryEdit } from '@/app/projects/[projectId]/stories/[storyRunId]/actions'
import type { ShownStory, ShownTry } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/use-story'

type Place = { projectId: string; storyRunId: string; row: number }

/** What can be done with the story that is read: another try taken, edited, asked for again, gone on with. */
export function TryButtons({ place, story, shown, canWrite, onEdit }: { place: Place; story: ShownStory; shown: ShownTry; canWrite: boolean; onEdit: () => void }) {
  const t = useTranslations('story-tries')
  const isChosen = shown.number === story.tryNumber
  const edited = story.tries.find(({ number, kind }) => number === story.tryNumber && kind === 'edited')
  const undone = story.tries.findLast(({ kind, fromNumber }) => kind === 'edited' && fromNumber === story.tryNumber)
  return (
    <div className="flex flex-wrap items-start gap-2">
      {!isChosen && (
        <ActionForm action={chooseStoryTry} values={{ ...place, number: shown.number }} label={t('take')}>
          <SubmitButton small>{t('take')}</SubmitButton>
        </ActionForm>
      )}
      {isChosen && (
        <Button small onClick={onEdit}>
          {t('edit')}
        </Button>
      )}
      {edited && edited.fromNumber !== null && (
        <ActionForm action={undoStoryEdit} values={place} label={t('undoEdit', { number: edited.fromNumber })}>
          <SubmitButton small>{t('undoEdit', { number: edited.fromNumber })}</SubmitButton>
        </ActionForm>
      )}
      {undone && (
        <ActionForm action={redoStoryEdit} values={place} label={t('redoEdit', { number: undone.number })}>
          <SubmitButton small>{t('redoEdit', { number: undone.number })}</SubmitButton>
        </ActionForm>
      )}
      {story.chosenByPerson && (
        <ActionForm action={chooseStoryTry} values={place} label={t('takeBest')}>
          <SubmitButton small>{t('takeBest')}</SubmitButton>
        </ActionForm>
      )}
      {canWrite && isChosen && shown.finishReason === 'length' && (
        <ActionForm action={rewriteRowAgain} values={{ ...place, how: 'continue' }} label={t('continue')}>
          <SubmitButton small>{t('continue')}</SubmitButton>
        </ActionForm>
      )}
      {canWrite && isChosen && (
        <ActionForm action={rewriteRowAgain} values={{ ...place, how: 'write' }} label={t('again')}>
          <SubmitButton small>{t('again')}</SubmitButton>
        </ActionForm>
      )}
    </div>
  )
}
