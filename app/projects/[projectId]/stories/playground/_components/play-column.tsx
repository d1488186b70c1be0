'use client'

import { Square, RotateCw } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { ActionForm } from '@/app/_ui/action-form'
import { CopyButton } from '@/app/_ui/copy-button'
import { Prose } from '@/app/_ui/prose'
import { SubmitButton } from '@/app/_ui/submit-button'
import { Tag } from '@/app/_ui/tag'
import { ServedLabel } from '@/app/projects/[projectId]/stories/playground/_components/served-label'
import type { PlayedColumn } from '@/app/projects/[projectId]/stories/playground/_components/use-play'
import { askAgain, stopPlay } from '@/app/projects/[projectId]/stories/playground/actions'

/** What is known of a column before a word of it is written; `asked` is the model's name that the server was asked for. */
export type ColumnFacts = { place: number; writer: string; asked: string; /** How it was asked, where that is its own affair. */ way: string | null }

/** One writer's text as it grows, set for reading, with the figures of its writing in a quiet line beneath. */
export function PlayColumn(props: { projectId: string; playId: string; facts: ColumnFacts; played: PlayedColumn | null; isReading: boolean; canAskAgain: boolean; keeping: ReactNode }) {
  const t = useTranslations('playground')
  const { facts, played, projectId, playId } = props
  const values = { projectId, playId, place: facts.place }
  const named = { number: facts.place + 1, writer: facts.writer }
  const isOpen = played !== null && (played.state === 'waiting' || played.state === 'writing')
  const end = useFollowedEnd(played?.state === 'writing', played?.length ?? 0)
  return (
    <article aria-label={facts.writer} className="row-span-2 grid grid-rows-subgrid">
      <div className="mb-3">
        <h3 className="m-0 flex items-baseline gap-2 text-base font-semibold [overflow-wrap:anywhere]">
          {facts.writer}
          {played && (played.state === 'failed' || played.state === 'stopped') && <Tag kind={played.state === 'failed' ? 'bad' : 'warn'}>{t(`state.${played.state}`)}</Tag>}
        </h3>
        <div className="mt-0.5 text-sm text-muted">
          {facts.way !== null && <span className="block [overflow-wrap:anywhere]">{facts.way}</span>}
          {played && <ServedLabel asked={facts.asked} served={played} />}
        </div>
      </div>
      <div>
        <div ref={end} className="max-h-[70dvh] min-h-16 overflow-y-auto" tabIndex={0} role="group" aria-label={t('textOf', named)} aria-busy={isOpen}>
          {played && played.text.trim() !== '' ? <Prose text={played.text} className={played.state === 'writing' ? "[&>p:last-child]:after:text-muted [&>p:last-child]:after:content-['▍']" : undefined} /> : (played || props.isReading) && <Waiting played={played} />}
        </div>
        <div className="mt-3">
          <p className="m-0 min-h-5 text-sm text-muted tabular-nums">{played && <Figures played={played} />}</p>
          {/* Said when it changes; the words and figures themselves would be said without end. */}
          <span role="status" className="sr-only">
            {played && t('standing', { writer: facts.writer, state: t(`state.${played.state}`) })}
          </span>
          {played?.error && (
            <p role="alert" className="mt-1 mb-0 text-sm text-seal [overflow-wrap:anywhere]">
              {played.error}
            </p>
          )}
        </div>
        <div className="mt-2 flex flex-wrap items-center gap-2">
          {isOpen && (
            <ActionForm action={stopPlay} values={values} label={t('stopOf', named)}>
              <SubmitButton small label={t('stopOf', named)}>
                <Square size={13} aria-hidden />
                {t('stop')}
              </SubmitButton>
            </ActionForm>
          )}
          {played && props.canAskAgain && (played.state === 'stopped' || played.state === 'failed') && (
            <ActionForm action={askAgain} values={values} label={t('againOf', named)}>
              <SubmitButton small label={t('againOf', named)}>
                <RotateCw size={13} aria-hidden />
                {t('again')}
              </SubmitButton>
            </ActionForm>
          )}
          {played && !isOpen && played.text.trim() !== '' && <CopyButton text={played.text} label={t('theText', { number: facts.place + 1 })} />}
          {played && !isOpen && played.text.trim() !== '' && props.keeping}
        </div>
      </div>
    </article>
  )
}

function Waiting({ played }: { played: PlayedColumn | null }) {
  const t = useTranslations('playground')
  if (!played) return <p className="m-0 text-muted">{t('reading')}</p>
  if (played.wait) return <p className="m-0 text-muted">{t(`wait.${played.wait}`)}</p>
  return <p className="m-0 text-muted">{t(played.state === 'written' ? 'nothing' : 'nothingYet')}</p>
}

function Figures({ played }: { played: PlayedColumn }) {
  const t = useTranslations('playground')
  const stories = useTranslations('stories')
  const { number } = useFormatter()
  const { completionTokens, pieces, firstTokenMs, writingMs, finishReason } = played
  const tokens = completionTokens ?? pieces
  // The first word stands at the beginning of the time that the others took.
  const rate = writingMs !== null && writingMs > 0 && tokens > 1 ? (tokens - 1) / (writingMs / 1000) : null
  const ending = finishReason === null ? null : finishReason === 'stop' || finishReason === 'length' ? stories(`finish.${finishReason}`) : stories('finish.other', { reason: finishReason })
  const words = [
    firstTokenMs !== null && t('firstWords', { seconds: number(firstTokenMs / 1000, { maximumFractionDigits: 2 }) }),
    rate !== null && t('rate', { rate: number(rate, { maximumFractionDigits: 1 }) }),
    tokens > 0 && (completionTokens === null ? t('aboutTokens', { count: tokens }) : stories('tokensOf', { count: tokens })),
    played.length > 0 && t('characters', { count: played.length }),
    ending !== null && t('ended', { how: ending }),
  ].filter((word) => word !== false)
  return words.join(' · ')
}

/** Keeps the end of a growing text in sight, as long as nobody has scrolled away from it. */
function useFollowedEnd(isGrowing: boolean, length: number) {
  const box = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const look = () => {
      isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 48
    }
    element.addEventListener('scroll', look, { passive: true })
    return () => element.removeEventListener('scroll', look)
  }, [])
  useEffect(() => {
    if (isGrowing && isAtEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight
  }, [isGrowing, length])
  return box
}
