'use client'

import { Square } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl/react'
import { ActionForm } from '@/app/_ui/action-form'
import { cx } from '@/app/_ui/cx'
import { Prose } from '@/app/_ui/prose'
import { ReadFailed } from '@/app/_ui/read-failed'
import { SubmitButton } from '@/app/_ui/submit-button'
import { PlayColumn, type ColumnFacts } from '@/app/projects/[projectId]/stories/playground/_components/play-column'
import { usePlay } from '@/app/projects/[projectId]/stories/playground/_components/use-play'
import { stopPlay } from '@/app/projects/[projectId]/stories/playground/actions'

/** A play: what each writer makes of the premise, side by side as it is written, and the passage it was written for beside them. */
export function PlayView(props: {
  projectId: string
  playId: string
  /** What the server knows of the jobs: something to read anew for when it changes. */
  stamp: string
  title: string
  premise: { text: string; place: string }
  /** What the job of a column that nobody has begun waits for. */
  wait: ReactNode
  columns: readonly ColumnFacts[]
  /** How all columns were asked, where they were asked alike. */
  way: string | null
  /** Below each column, by its place: what is kept of it and the way to keep it. */
  keeping: readonly ReactNode[]
  reference: { text: string; title: string } | null
}) {
  const t = useTranslations('playground')
  const { projectId, playId, reference } = props
  const { columns: played, reading } = usePlay(playId, props.stamp)
  const stop = useRef<HTMLDivElement>(null)
  const isLive = played?.some(({ state }) => state === 'waiting' || state === 'writing') ?? false

  useEffect(() => {
    if (!isLive) return
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || document.querySelector('[role=dialog]')) return
      stop.current?.closest('form')?.requestSubmit()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [isLive])

  return (
    <section aria-labelledby="play" className="mt-8 scroll-mt-16 border-t border-line pt-5" id="shown-play">
      <div className="mb-4 flex min-h-9 flex-wrap items-center gap-x-4 gap-y-2">
        <h2 id="play" className="m-0 text-lg font-semibold">
          {props.title}
        </h2>
        {isLive && (
          <ActionForm action={stopPlay} values={{ projectId, playId }} label={t('stopAll')} className="ml-auto grid-flow-col items-center">
            <div ref={stop} className="contents" />
            <span className="text-sm text-muted max-sm:hidden">{t('stopKey')}</span>
            <SubmitButton small>
              <Square size={13} aria-hidden />
              {t('stopAll')}
            </SubmitButton>
          </ActionForm>
        )}
      </div>
      <p lang="zh-CN" className="m-0 max-w-[44em] font-serif text-[17px] leading-[1.8] [overflow-wrap:anywhere] whitespace-pre-wrap">
        {props.premise.text}
      </p>
      {props.premise.place !== '' && <p className="mt-1 mb-0 text-sm text-muted [overflow-wrap:anywhere]">{props.premise.place}</p>}
      <ReadFailed read={reading} />
      {props.wait && <div className="mt-3">{props.wait}</div>}
      {props.way !== null && <p className="mt-1 mb-0 text-sm text-muted">{props.way}</p>}
      {/* Each column lies on the same two rows, so that all texts begin at one height. */}
      <ul className={cx('mt-6 mb-0 grid list-none gap-x-8 p-0', props.columns.length + (reference ? 1 : 0) > 4 ? 'grid-cols-[repeat(auto-fit,minmax(min(320px,100%),1fr))]' : 'grid-cols-[repeat(auto-fit,minmax(min(240px,100%),1fr))]')}>
        {props.columns.map((facts) => (
          <li key={facts.place} className="row-span-2 mb-10 grid min-w-0 grid-rows-subgrid">
            <PlayColumn projectId={projectId} playId={playId} facts={facts} played={played?.find(({ place }) => place === facts.place) ?? null} isReading={!reading.isFailed} canAskAgain={!isLive} keeping={props.keeping[facts.place]} />
          </li>
        ))}
        {reference && (
          <li className="row-span-2 mb-10 grid min-w-0 grid-rows-subgrid">
            <div className="mb-3">
              <h3 className="m-0 text-base font-semibold">{t('reference')}</h3>
              <p className="mt-0.5 mb-0 text-sm text-muted">{reference.title || t('referenceOf')}</p>
            </div>
            <div>
              <div className="max-h-[70dvh] overflow-y-auto border-l-2 border-line pl-4" tabIndex={0} role="group" aria-label={t('reference')}>
                <Prose text={reference.text} />
              </div>
              <p className="mt-3 mb-0 text-sm text-muted">{t('characters', { count: [...reference.text].length })}</p>
            </div>
          </li>
        )}
      </ul>
    </section>
  )
}
