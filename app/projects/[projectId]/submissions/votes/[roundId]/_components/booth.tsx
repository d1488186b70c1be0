'use client'

import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'
import { Prose } from '@/app/_ui/prose'
import { useKeys } from '@/app/_ui/use-keys'
import { useUrlState } from '@/app/_ui/use-url-state'
import { type Choice, useQuestions } from '@/app/projects/[projectId]/submissions/votes/[roundId]/_components/use-questions'

const longestName = 40

/** Asks who votes, once; then shows two stories after the other. The name is in the URL. */
export function Booth({ roundId }: { roundId: string }) {
  const t = useTranslations('votes')
  const [voter, setVoter] = useUrlState('voter')
  if (voter !== null && voter.trim() !== '') return <Voting key={voter} roundId={roundId} voter={voter.trim().slice(0, longestName)} />
  const begin = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = new FormData(event.currentTarget).get('voter')
    if (typeof name === 'string' && name.trim() !== '') setVoter(name.trim())
  }
  return (
    <form onSubmit={begin} className="grid max-w-96 gap-3">
      <label className="grid gap-1 font-semibold">
        {t('name')}
        <input name="voter" required maxLength={longestName} autoComplete="name" className="h-9 rounded-base border border-edge bg-raised px-2.5 font-normal" />
      </label>
      <p className="m-0 text-sm text-muted">{t('nameHint')}</p>
      <div><Button type="submit" kind="primary">{t('begin')}</Button></div>
    </form>
  )
}

const choices: readonly { choice: Choice; key: string }[] = [
  { choice: 'left', key: 'ArrowLeft' },
  { choice: 'right', key: 'ArrowRight' },
  { choice: 'both_good', key: 'ArrowUp' },
  { choice: 'both_bad', key: 'ArrowDown' },
  { choice: 'skipped', key: 's' },
]

function Voting({ roundId, voter }: { roundId: string; voter: string }) {
  const t = useTranslations('votes')
  const { shown, done, total, state, error, vote, back, canGoBack } = useQuestions(roundId, voter)
  const [reason, setReason] = useState('')
  const say = (choice: Choice) => {
    vote(choice, reason)
    setReason('')
    window.scrollTo({ top: 0 })
  }
  useKeys({ ...Object.fromEntries(choices.map(({ choice, key }) => [key, () => say(choice)])), u: back })
  return (
    <div className="grid gap-4">
      <p className="m-0 flex flex-wrap items-center gap-x-4 text-sm text-muted" aria-live="polite">
        <span>{total === 0 ? voter : t('progress', { voter, done, total })}</span>
        <Button small kind="quiet" disabled={!canGoBack} onClick={back}>{t('back')}</Button>
      </p>
      {error !== null && <p role="alert" className="m-0 text-seal">{error}</p>}
      {state === 'reading' && <p className="m-0 min-h-96 text-muted">{t('reading')}</p>}
      {state === 'finished' && <p className="m-0 py-6">{t('finished')}</p>}
      {shown && (
        <article aria-label={t('pair')} className="grid gap-4">
          <p lang="zh-CN" className="m-0 max-w-[44em] font-serif text-lg leading-relaxed">
            <span className="sr-only">{t('premise')}: </span>
            {shown.premise}
          </p>
          <div className="border-y border-line md:grid md:grid-cols-2">
            {(['left', 'right'] as const).map((side) => (
              <section key={`${side} ${shown.print}`} aria-label={t(side)} className="min-w-0 py-5 max-md:border-b max-md:border-line md:px-7 md:first:border-r md:first:border-line md:first:pl-0">
                <h2 className="mt-0 mb-3 text-sm font-semibold text-muted">{t(side)}</h2>
                <Prose text={shown[side]} />
              </section>
            ))}
          </div>
          <div role="group" aria-label={t('which')} className="sticky bottom-0 flex flex-wrap max-md:bottom-[52px] items-center gap-2 border-t border-line bg-paper py-3">
            {choices.map(({ choice }) => (
              <Button key={choice} onClick={() => say(choice)} kind={choice === 'skipped' ? 'quiet' : 'plain'}>
                {t(`choice.${choice}`)} <kbd className="text-xs text-muted">{t(`key.${choice}`)}</kbd>
              </Button>
            ))}
            <input value={reason} onChange={({ target }) => setReason(target.value)} maxLength={500} aria-label={t('reason')} placeholder={t('reason')} className="h-9 min-w-48 flex-1 rounded-base border border-edge bg-raised px-2.5 placeholder:text-muted" />
          </div>
        </article>
      )}
    </div>
  )
}
