'use client'

import { ChevronDown, ChevronRight } from 'lucide-react'
import { headingWords } from '@/app/_novels/heading-words'
import { useEffect, useMemo } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { PassageText } from '@/app/projects/[projectId]/passages/[ordinal]/_components/passage-text'
import { type ShownPassage, usePassageRows } from '@/app/projects/[projectId]/passages/[ordinal]/_components/use-passage-rows'
import { Button } from '@/app/_ui/button'
import { Link } from '@/app/_ui/link'
import { SkeletonBar } from '@/app/_ui/skeleton-bar'
import { Tag } from '@/app/_ui/tag'
import { useUrlState } from '@/app/_ui/use-url-state'
import { VirtualList } from '@/app/_ui/virtual-list'
import type { PassageFilter } from '@/lib/stages/passages/filter'

/** The filtered passages of a set, however many; one opens to its full text, and which one is in the URL. */
export function PassageList({ projectId, passageSetId, filter, count }: { projectId: string; passageSetId: string; filter: PassageFilter; count: number }) {
  const t = useTranslations('passages')
  const query = useMemo(() => new URLSearchParams(Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))).toString(), [filter])
  const indexes = useMemo(() => Array.from({ length: count }, (_, index) => index), [count])
  const { rowAt, ask, failed, again } = usePassageRows(passageSetId, query)
  const [open, setOpen] = useUrlState('open')
  return (
    <>
      {failed && (
        <p role="alert" className="my-2 flex items-center gap-3 text-seal">
          {t('rowsFailed')} <Button small onClick={again}>{t('again')}</Button>
        </p>
      )}
      <VirtualList label={t('passages')} items={indexes} itemKey={(index) => index} estimate={66} height="min(76vh, 820px)">
        {(index) => {
          const row = rowAt(index)
          if (!row) return <Missing index={index} ask={ask} />
          const isOpen = String(row.ordinal + 1) === open
          return (
            <article className="border-b border-line">
              <div className="flex flex-wrap items-baseline gap-x-3">
                <Head row={row} isOpen={isOpen} onToggle={() => setOpen(isOpen ? null : String(row.ordinal + 1))} />
                <Link href={novelHref(projectId, row)} className="pr-2 pb-1.5 pl-[30px] text-sm text-muted underline decoration-line underline-offset-4 hover:text-ink">{t('openInNovel')}</Link>
              </div>
              {isOpen && <PassageText passageSetId={passageSetId} passageId={row.id} />}
            </article>
          )
        }}
      </VirtualList>
    </>
  )
}

/** A line that is not there yet asks for itself. */
function Missing({ index, ask }: { index: number; ask: (index: number) => void }) {
  useEffect(() => ask(index), [index, ask])
  return (
    <div className="grid h-[66px] content-center gap-2 border-b border-line pr-2 pl-[30px]" aria-busy>
      <SkeletonBar className="w-64 max-w-full" />
      <SkeletonBar className="w-4/5" />
    </div>
  )
}

function Head({ row, isOpen, onToggle }: { row: ShownPassage; isOpen: boolean; onToggle: () => void }) {
  const t = useTranslations('passages')
  const ui = useTranslations('ui')
  const { number } = useFormatter()
  const Sign = isOpen ? ChevronDown : ChevronRight
  const whole = row.head.length + row.tail.length >= row.characters
  return (
    <button type="button" aria-expanded={isOpen} onClick={onToggle} className="grid min-w-0 flex-[1_1_30rem] grid-cols-[16px_minmax(0,1fr)] items-baseline gap-x-2.5 rounded-base px-1 pt-2 pb-1 text-left hover:bg-wash">
      <Sign size={14} className="self-center text-muted" aria-hidden />
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        <span className="font-semibold text-ink">{number(row.ordinal + 1)}</span>
        <span className="text-ink">{row.chapter ? `${row.novel} · ${headingWords(row.chapter, ui('front'))}` : row.novel}</span>
        <span>{t('length', { count: row.characters })}</span>
        {row.place !== 'middle' && <Tag>{t(`places.${row.place}`)}</Tag>}
        {row.endsAt !== 'chapter' && <Tag kind={row.endsAt === 'scene' || row.endsAt === 'paragraph' ? 'plain' : 'warn'}>{t(`ends.${row.endsAt}`)}</Tag>}
      </span>
      {!isOpen && (
        <span lang="zh-CN" className="col-start-2 truncate font-serif text-muted">
          {whole ? line(row.head) : `${line(row.head).slice(0, 30)} …… ${line(row.tail).slice(-26)}`}
        </span>
      )}
    </button>
  )
}

function line(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function novelHref(projectId: string, row: ShownPassage): string {
  return `/projects/${projectId}/novels/${row.novelId}?chapter=${row.chapterId}&at=${row.start}`
}
