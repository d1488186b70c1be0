'use client'

import { type ReactNode, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { ChapterAside } from '@/app/projects/[projectId]/novels/[novelId]/_components/chapter-aside'
import { ChapterList } from '@/app/projects/[projectId]/novels/[novelId]/_components/chapter-list'
import { FindBar, type FindState, nothingFound } from '@/app/projects/[projectId]/novels/[novelId]/_components/find-bar'
import { type ListHandle, PartList } from '@/app/projects/[projectId]/novels/[novelId]/_components/part-list'
import type { Found } from '@/app/projects/[projectId]/novels/[novelId]/_components/part-view'
import { SplitDialog, type SplitPlace } from '@/app/projects/[projectId]/novels/[novelId]/_components/split-dialog'
import { reveal } from '@/app/projects/[projectId]/novels/[novelId]/_components/reveal'
import { useParts } from '@/app/projects/[projectId]/novels/[novelId]/_components/use-parts'
import { useRememberedPlace } from '@/app/projects/[projectId]/novels/[novelId]/_components/use-remembered-place'
import { atRow, type ChapterLine, layoutOf, rowNear, rowOf } from '@/app/projects/[projectId]/novels/[novelId]/_layout'
import { partAt } from '@/app/projects/[projectId]/novels/[novelId]/_parts'
import type { ReadWindow } from '@/app/projects/[projectId]/novels/[novelId]/_window'
import { Button } from '@/app/_ui/button'
import { cx } from '@/app/_ui/cx'

export type Start = { chapterId: number; part: number; /** A place in it to bring into sight, in characters. */ at?: number; passage?: number; /** Words that are looked for at once: those at `at` come first. */ find?: string; key: string }

/** A novel as a book of one long page, of which only what is in sight is there; what is beside it follows where one reads. */
export function Reader(props: { projectId: string; novelId: number; href: string; chapters: readonly ChapterLine[]; window: ReadWindow; start: Start; notice?: ReactNode }) {
  const t = useTranslations('reading')
  const { chapters, start, novelId } = props
  // The page is drawn anew at every change in the project; the layout is another only when the chapters are.
  const ids = chapters.map(({ id }) => id).join()
  const [drawn, setDrawn] = useState(() => {
    const layout = layoutOf(chapters)
    return { ids, layout, row: rowOf(layout, start.chapterId, start.part), times: 0 }
  })
  const { layout } = drawn
  const parts = useParts(novelId, layout, props.window)
  const [editing, setEditing] = useState(false)
  const [splitting, setSplitting] = useState<SplitPlace | null>(null)
  const [find, setFind] = useState<FindState>(nothingFound)
  const asked = useMemo(() => (start.find ? { words: start.find, chapterId: start.chapterId, at: start.at ?? 0 } : undefined), [start.find, start.chapterId, start.at])
  const scroller = useRef<HTMLDivElement>(null)
  const findInput = useRef<HTMLInputElement>(null)
  const startRow = rowOf(layout, start.chapterId, start.part)

  const list = useRef<ListHandle>(null)
  const [row, setRow] = useState(startRow)
  if (drawn.ids !== ids) {
    const next = layoutOf(chapters)
    const same = rowNear(layout, row, next)
    setDrawn({ ids, layout: next, row: same, times: drawn.times + 1 })
    setRow(same)
  }
  const here = atRow(layout, row)
  const current = here?.chapter.id ?? start.chapterId

  const jump = useCallback((chapterId: number, at: number, what?: { passage?: number; hit?: boolean }) => {
    const index = layout.indexOf.get(chapterId)
    list.current?.scrollTo(rowOf(layout, chapterId, index === undefined ? 0 : partAt(at, layout.chapters[index]?.characters ?? 0)))
    reveal(scroller, chapterId, at, what)
  }, [layout])
  const jumpNow = useRef(jump)
  useEffect(() => void (jumpNow.current = jump), [jump])

  const opening = useRef({ start, startRow })
  useLayoutEffect(() => void (opening.current = { start, startRow }), [start, startRow])
  // The first time too: what was drawn by guessed heights lies a little elsewhere once it is measured.
  useLayoutEffect(() => {
    const { chapterId, at, passage } = opening.current.start
    if (at !== undefined || passage !== undefined) jumpNow.current(chapterId, at ?? 0, { passage })
    else list.current?.scrollTo(opening.current.startRow)
  }, [start.key])
  useRememberedPlace(novelId, here)

  const match = find.found?.places[find.at]
  useEffect(() => {
    if (match) jumpNow.current(match[0], match[1], { hit: true })
  }, [match])
  const elsewhere = useMemo<Found | null>(() => (find.words ? { words: find.words, current: null } : null), [find.words])
  const inSight = useMemo<Found | null>(() => (find.words ? { words: find.words, current: match?.[1] ?? null } : null), [find.words, match])

  const turn = useCallback((by: number) => {
    const next = layout.chapters[(here?.index ?? 0) + by]
    if (next) jump(next.id, 0)
  }, [layout, here?.index, jump])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [role=dialog]') !== null
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f') {
        event.preventDefault()
        findInput.current?.focus()
        findInput.current?.select()
      } else if (typing || event.ctrlKey || event.metaKey || event.altKey) return
      else if (event.key === '/') {
        event.preventDefault()
        findInput.current?.focus()
      } else if (event.key === '[') turn(-1)
      else if (event.key === ']') turn(1)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [turn])

  const onChoose = useCallback((chapterId: number) => {
    jumpNow.current(chapterId, 0)
    scroller.current?.focus({ preventScroll: true })
  }, [])
  const onSplit = useCallback((chapterId: number, at: number, line: string) => setSplitting({ chapterId, at, line }), [])
  const beside = parts.chapter(current)
  return (
    <div className="grid min-w-0 gap-x-8 gap-y-4 min-[1000px]:h-[calc(100dvh-190px)] min-[1000px]:min-h-120 min-[1000px]:grid-cols-[200px_minmax(0,1fr)] min-[1000px]:grid-rows-[minmax(0,1fr)_auto] xl:grid-cols-[200px_minmax(0,1fr)_236px]">
      <div className="flex min-h-0 min-w-0 flex-col">
        <ChapterList chapters={chapters} current={current} href={props.href} onChoose={onChoose} />
      </div>
      <article className="flex h-[82dvh] min-h-0 min-w-0 flex-col min-[1000px]:col-start-2 min-[1000px]:row-span-2 min-[1000px]:row-start-1 min-[1000px]:h-auto" aria-label={t('text')}>
        <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line pb-2">
          <FindBar key={start.find ? start.key : ''} novelId={novelId} inputRef={findInput} state={find} onChange={setFind} asked={asked} />
          <span className="ml-auto flex items-center gap-1.5">
            <Button small kind="quiet" onClick={() => turn(-1)} disabled={(here?.index ?? 0) === 0} title="[">
              {t('chapterBefore')}
            </Button>
            <Button small kind="quiet" onClick={() => turn(1)} disabled={(here?.index ?? 0) >= chapters.length - 1} title="]">
              {t('chapterAfter')}
            </Button>
            <Button small aria-pressed={editing} onClick={() => setEditing(!editing)} className={cx(editing && '!border-seal')}>
              {t('edit')}
            </Button>
          </span>
        </div>
        {props.notice}
        <PartList
          ref={list}
          scroller={scroller}
          label={t('text')}
          layout={layout}
          parts={parts}
          key={drawn.times}
          startRow={drawn.row}
          onRow={setRow}
          projectId={props.projectId}
          editing={editing}
          onSplit={onSplit}
          found={elsewhere}
          foundHere={inSight}
          matchedChapter={match?.[0] ?? null}
        />
      </article>
      <div className="min-h-0 min-[1000px]:max-h-[52dvh] min-[1000px]:overflow-y-auto xl:col-start-3 xl:row-span-2 xl:row-start-1 xl:max-h-none">
        {beside && <ChapterAside projectId={props.projectId} chapter={beside} />}
      </div>
      <SplitDialog projectId={props.projectId} place={splitting} onClose={() => setSplitting(null)} />
    </div>
  )
}
