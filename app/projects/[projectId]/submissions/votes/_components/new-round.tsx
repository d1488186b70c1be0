'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { ActionForm } from '@/app/_ui/action-form'
import { Checkbox } from '@/app/_ui/checkbox'
import { SubmitButton } from '@/app/_ui/submit-button'
import { startVotes } from '@/app/projects/[projectId]/submissions/votes/actions'

export type Votable = { id: string; name: string; testFileId: string; storyRunId: string }

/** Chooses the submissions between whose stories is voted: of one test file, and of different runs. */
export function NewRound({ projectId, submissions, chosenBefore }: { projectId: string; submissions: readonly Votable[]; chosenBefore: readonly string[] }) {
  const t = useTranslations('votes')
  const [chosen, setChosen] = useState<readonly string[]>(chosenBefore)
  const first = submissions.find(({ id }) => id === chosen[0])
  const taken = submissions.filter(({ id }) => chosen.includes(id))
  return (
    <ActionForm action={startVotes} values={{ projectId }} label={t('newRound')}>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        {submissions.map(({ id, name, testFileId, storyRunId }) => {
          const isChosen = chosen.includes(id)
          const fits = !first || (testFileId === first.testFileId && taken.every((each) => each.storyRunId !== storyRunId))
          return (
            <Checkbox
              key={id}
              name="ids"
              value={id}
              label={name}
              checked={isChosen}
              disabled={!isChosen && !fits}
              onChange={({ target }) => setChosen((all) => (target.checked ? [...all, id] : all.filter((each) => each !== id)))}
            />
          )
        })}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton kind="primary" disabled={chosen.length < 2}>{t('start')}</SubmitButton>
        {chosen.length < 2 && <span className="text-sm text-muted">{t('atLeastTwo', { count: chosen.length })}</span>}
      </div>
    </ActionForm>
  )
}
