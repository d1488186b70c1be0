'use client'

import { useMemo } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { figureOf } from '@/app/_scores/figure-words'
import { StoryScores } from '@/app/_scores/story-scores'
import { DownloadButton } from '@/app/_ui/button'
import { CopyButton } from '@/app/_ui/copy-button'
import { cx } from '@/app/_ui/cx'
import { Prose } from '@/app/_ui/prose'
import { Tag } from '@/app/_ui/tag'
import { FlawTags, useFinishWord } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/flaw-tags'
import { type ComparedColumn, marks } from '@/app/projects/[projectId]/submissions/compare/_components/column'
import type { ComparedRow, ComparedStory } from '@/app/projects/[projectId]/submissions/compare/_components/use-compared-rows'
import { type Measure, measureKinds } from '@/lib/scoring/measure-kinds'
import { winners } from '@/lib/scoring/winners'
import { differenceOf, type Piece } from '@/lib/text/differences'
import { wordDifference } from '@/lib/text/word-differences'

export type DiffBy = 'off' | 'words' | 'characters'

/** One row: its premise, and each submission's story in a column set for reading, with the chosen figure and the better one marked. */
export function SideBySide({ row, columns, measure, diff }: { row: ComparedRow; columns: readonly ComparedColumn[]; measure: Measure; diff: DiffBy }) {
  const t = useTranslations('submissions')
  const figures = row.stories.map((story) => story?.measures?.figures[measure] ?? null)
  const best = winners(figures, measureKinds[measure].better)
  const pieces = useMemo(() => piecesOf(row.stories.map((story) => story?.text ?? null), diff), [row, diff])
  return (
    <article aria-label={t('row', { row: row.ordinal + 1 })} className="min-w-0">
      <p lang="zh-CN" className="mt-0 mb-4 max-w-[44em] font-serif text-lg leading-relaxed">
        <span className="sr-only">{t('premise')}: </span>
        {row.premise} <Tag>{t('row', { row: row.ordinal + 1 })}</Tag>
      </p>
      <div role="region" aria-label={t('compareTitle')} tabIndex={0} className="border-line md:grid md:auto-cols-[minmax(280px,1fr)] md:grid-flow-col md:overflow-x-auto md:border-t">
        {columns.map((column, at) => (
          <Column key={column.id} at={at} column={column} story={row.stories[at] ?? null} measure={measure} isBest={best.includes(at)} pieces={pieces?.[at] ?? null} />
        ))}
      </div>
    </article>
  )
}

/** What stands in a column alone: of each against the first, of the first against the second. Null where differences are not wanted. */
function piecesOf(texts: readonly (string | null)[], diff: DiffBy): (readonly Piece[] | null)[] | null {
  if (diff === 'off') return null
  const [first, ...others] = texts
  if (first === undefined || first === null) return null
  const compare = diff === 'words' ? wordDifference : differenceOf
  const found = others.map((other) => (other === null ? null : compare(first, other)))
  return [found.find((each) => each !== null)?.first ?? null, ...found.map((each) => each?.other ?? null)]
}

type ColumnProps = { at: number; column: ComparedColumn; story: ComparedStory | null; measure: Measure; isBest: boolean; pieces: readonly Piece[] | null }

function Column({ at, column, story, measure, isBest, pieces }: ColumnProps) {
  const t = useTranslations('submissions')
  const scores = useTranslations('scores')
  const tries = useTranslations('story-tries')
  const { number } = useFormatter()
  const finish = useFinishWord()
  const mark = marks[at] ?? marks[0]
  const words = { number: (value: number, options?: object) => number(value, options), yes: scores('yes'), no: scores('no') }
  return (
    <section aria-label={`${t(mark.name)} · ${column.name}`} className="min-w-0 border-t border-line px-0 py-5 md:border-t-0 md:border-l md:px-6 md:first:border-l-0 md:first:pl-0 md:last:pr-0">
      <header className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1">
        <b className={cx('font-serif text-lg', mark.colour)}>{t(mark.name)}</b>
        <span className="font-semibold">{column.name}</span>
        <span className="[overflow-wrap:anywhere] text-muted">{column.writer}</span>
        {column.download !== null && (
          <DownloadButton small kind="quiet" className="ml-auto" href={column.download} download="submit.json" aria-label={`${t('download')} · ${column.name}`}>
            submit.json
          </DownloadButton>
        )}
      </header>
      {story === null ? (
        <p className="m-0 text-muted">{t('noStory')}</p>
      ) : (
        <>
          <p className="mt-0 mb-3 flex flex-wrap items-center gap-x-3 text-sm">
            <span className="text-muted">{scores(`measure.${measure}`)}</span>
            <b className="font-semibold tabular-nums">{figureOf(measure, story.measures?.figures[measure], words)}</b>
            {isBest && <Tag kind="ok">{scores('winner')}</Tag>}
          </p>
          {pieces === null ? <Prose text={story.text} /> : (
            <Prose>
              {paragraphsOf(pieces).map((paragraph, line) => <p key={line}>{paragraph.map(({ text, alone }, piece) => (alone ? <mark key={piece}>{text}</mark> : text))}</p>)}
            </Prose>
          )}
          <p className="mt-5 mb-3 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
            <span>{t('characters')} <b className="font-semibold text-ink">{number(story.characters)}</b></span>
            <span>{t('finish')} <b className="font-semibold text-ink">{finish(story.finishReason)}</b></span>
            {story.kind !== 'written' && <Tag>{tries(`chosenKind.${story.kind}`)}</Tag>}
            <FlawTags flaws={story.flaws} refused={false} />
            <CopyButton text={story.text} label={`${t(mark.name)} · ${column.name}`} />
          </p>
          {story.measures && <StoryScores measures={story.measures} />}
        </>
      )}
    </section>
  )
}

/** A text's pieces, cut at its line ends; empty lines are left out as in any prose. */
function paragraphsOf(pieces: readonly Piece[]): Piece[][] {
  const paragraphs: Piece[][] = [[]]
  for (const { text, alone } of pieces) {
    for (const [at, line] of text.split('\n').entries()) {
      if (at > 0) paragraphs.push([])
      if (line !== '') paragraphs.at(-1)?.push({ text: line, alone })
    }
  }
  return paragraphs.filter((paragraph) => paragraph.some(({ text }) => text.trim() !== ''))
}
