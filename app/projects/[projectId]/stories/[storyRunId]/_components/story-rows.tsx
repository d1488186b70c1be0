'use client'

import { ChevronDown, ChevronRight } from 'lucide-react'
import { useMemo } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { Panel } from '@/app/_ui/panel'
import { ReadFailed } from '@/app/_ui/read-failed'
import { Tag } from '@/app/_ui/tag'
import { useUrlState } from '@/app/_ui/use-url-state'
import { VirtualList } from '@/app/_ui/virtual-list'
import { figureOf } from '@/app/_scores/figure-words'
import { byFigure } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/by-figure'
import { FlawTags } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/flaw-tags'
import { type RunOfStory, StoryText } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/story-text'
import { useFigures } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/use-figures'
import { type ShownLine, useStoryLines } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/use-story-lines'
import { measureNames } from '@/lib/scoring/measure-kinds'

const orders = ['newest', 'row', ...measureNames] as const
type Order = (typeof orders)[number]
const shows = ['all', 'flawed', 'refused', 'edited'] as const

/** The stories of a run as they are finished. One opens to its full text; what is open and how the list stands is in the URL. */
export function StoryRows({ run, running }: { run: RunOfStory; running: boolean }) {
  const { storyRunId } = run
  const t = useTranslations('stories')
  const scores = useTranslations('scores')
  const { number } = useFormatter()
  const { lines, reading } = useStoryLines(storyRunId)
  const [open, setOpen] = useUrlState('row', 'push')
  const [orderText, setOrder] = useUrlState('order')
  const [showText, setShow] = useUrlState('show')
  const order = orders.find((each) => each === orderText) ?? (running ? 'newest' : 'row')
  const show = shows.find((each) => each === showText) ?? 'all'
  const measure = measureNames.find((each) => each === order) ?? null
  const figures = useFigures(storyRunId, measure)
  const shown = useMemo(() => arranged(lines ?? [], order, show, figures), [lines, order, show, figures])
  const openAt = useMemo(() => shown.findIndex((line) => String(line.ordinal + 1) === open), [shown, open])

  const select = <T extends string>(label: string, value: T, all: readonly T[], word: (each: T) => string, set: (value: string | null) => void) => (
    <label className="flex items-center gap-1.5 text-sm text-muted">
      {label}
      <select value={value} onChange={(event) => set(event.target.value)} className="h-8 rounded-base border border-line bg-raised px-1.5 text-ink hover:border-edge">
        {all.map((each) => (
          <option key={each} value={each}>
            {word(each)}
          </option>
        ))}
      </select>
    </label>
  )

  return (
    <Panel
      title={t('rows')}
      aside={
        <>
          {lines && <span className="text-sm text-muted">{t('shown', { shown: shown.length, total: lines.length })}</span>}
          {select(t('show'), show, shows, (each) => t(`shows.${each}`), setShow)}
          {select(t('order'), order, orders, (each) => (each === 'newest' || each === 'row' ? t(`orders.${each}`) : scores(`measure.${each}`)), setOrder)}
        </>
      }
    >
      <ReadFailed read={reading} />
      {lines === null && !reading.isFailed && <div className="h-[min(70vh,720px)] rounded-base bg-wash" />}
      {lines?.length === 0 && <p className="m-0 py-6 text-muted">{running ? t('rowsEmpty') : t('rowsNone')}</p>}
      {lines !== null && lines.length > 0 && (
        <VirtualList label={t('rows')} items={shown} itemKey={(line) => line.ordinal} estimate={58} height="min(70vh, 720px)" startAt={openAt}>
          {(line) => {
            const isOpen = String(line.ordinal + 1) === open
            return (
              <article className="border-b border-line">
                <RowHead line={line} figure={measure && `${scores(`measure.${measure}`)} ${figureOf(measure, figures.get(line.id), { number, yes: scores('yes'), no: scores('no') })}`} isOpen={isOpen} onToggle={() => setOpen(isOpen ? null : String(line.ordinal + 1))} />
                {isOpen && <StoryText run={run} line={line} />}
              </article>
            )
          }}
        </VirtualList>
      )}
    </Panel>
  )
}

function RowHead({ line, figure, isOpen, onToggle }: { line: ShownLine; figure: string | null; isOpen: boolean; onToggle: () => void }) {
  const t = useTranslations('stories')
  const tries = useTranslations('story-tries')
  const format = useFormatter()
  const Sign = isOpen ? ChevronDown : ChevronRight
  return (
    <button type="button" aria-expanded={isOpen} onClick={onToggle} className="grid w-full grid-cols-[16px_3.5em_minmax(0,1fr)] items-baseline gap-x-2 gap-y-0.5 rounded-base px-1 py-2 text-left hover:bg-wash sm:grid-cols-[16px_3.5em_minmax(0,1fr)_auto]">
      <Sign size={14} className="self-center text-muted" aria-hidden />
      <span className="text-muted">{format.number(line.ordinal + 1)}</span>
      <span className="grid min-w-0 gap-0.5">
        <span className="truncate">{line.premise}</span>
        <span lang="zh-CN" className="truncate font-serif text-muted">
          {line.opening.replaceAll('\n', ' ')}
        </span>
      </span>
      <span className="col-start-3 flex flex-wrap items-center justify-end gap-1.5 text-sm text-muted sm:col-start-4">
        {figure !== null && <b className="font-semibold text-ink tabular-nums">{figure}</b>}
        {line.kind !== 'written' && <Tag>{tries(`chosenKind.${line.kind}`)}</Tag>}
        {line.attempts > 1 && <span>{tries('count', { count: line.attempts })}</span>}
        <FlawTags flaws={line.flaws} refused={line.outcome === 'refused'} />
        {line.finishReason !== 'stop' && line.finishReason !== 'length' && line.finishReason !== 'unknown' && <Tag kind="warn">{line.finishReason}</Tag>}
        <span className="min-w-[5em] text-right">{t('characters', { count: line.characters })}</span>
      </span>
    </button>
  )
}

function arranged(lines: readonly ShownLine[], order: Order, show: (typeof shows)[number], figures: ReadonlyMap<number, number>): ShownLine[] {
  const isShown = { all: () => true, flawed: ({ flaws }: ShownLine) => flaws.length > 0, refused: ({ outcome }: ShownLine) => outcome === 'refused', edited: ({ kind }: ShownLine) => kind === 'edited' }[show]
  const wanted = lines.filter(isShown)
  if (order === 'newest') return wanted.reverse()
  const byRow = wanted.sort((a, b) => a.ordinal - b.ordinal)
  return order === 'row' ? byRow : byFigure(byRow, order, figures)
}
