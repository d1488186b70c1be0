'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDownToLine, ChevronDown, ChevronUp, Download } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { type LogSource, useLogLines } from '@/app/_jobs/use-log-lines'
import { useLogSearch } from '@/app/_jobs/use-log-search'
import { Button, DownloadButton } from '@/app/_ui/button'
import { cx } from '@/app/_ui/cx'
import { ReadFailed } from '@/app/_ui/read-failed'

const scrollingKeys = new Set(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', ' '])

/**
 * A whole log, of which only the lines in sight are drawn and only a few pages are held. It follows its own end while
 * what writes it runs unless one has scrolled away from it; it is searched on the server.
 */
export function LogView({ log, running }: { log: LogSource; running: boolean }) {
  const t = useTranslations('jobs')
  const { number } = useFormatter()
  const { total, lineAt, want, reading } = useLogLines(log)
  const count = total ?? 0
  const box = useRef<HTMLDivElement>(null)
  const [follows, setFollows] = useState(true)
  const rows = useVirtualizer({ count, getScrollElement: () => box.current, estimateSize: () => 20, overscan: 10, getItemKey: (place) => place })
  const show = (place: number) => {
    setFollows(false)
    rows.scrollToIndex(place, { align: 'center' })
  }
  const search = useLogSearch(log.address, count, show)
  const seen = rows.getVirtualItems()
  const [first, last] = [seen[0]?.index ?? 0, seen.at(-1)?.index ?? 0]

  useEffect(() => {
    if (count > 0) want(first, last)
  }, [want, first, last, count])
  useEffect(() => {
    if (follows && count > 0) rows.scrollToIndex(count - 1, { align: 'end' })
  }, [follows, count, last, rows])

  if (total === null) return reading.isFailed ? <ReadFailed read={reading} /> : <p className="m-0 text-muted">{t('logReading')}</p>
  if (total === 0) return <p className="m-0 text-muted">{running ? t('logNothingYet') : t('logNothing')}</p>
  const { text, found, go } = search
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-1.5">
        <input
          type="search"
          value={text}
          onChange={(event) => search.setText(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && go(event.shiftKey ? 'earlier' : 'later')}
          placeholder={t('logSearch')}
          aria-label={t('logSearch')}
          maxLength={200}
          className="h-7 w-44 rounded-base border border-edge bg-raised px-2 text-sm text-ink placeholder:text-muted"
        />
        <Button small kind="quiet" className="!px-1.5" disabled={!found?.match} aria-label={t('logEarlierMatch')} title={t('logEarlierMatch')} onClick={() => go('earlier')}>
          <ChevronUp size={15} aria-hidden />
        </Button>
        <Button small kind="quiet" className="!px-1.5" disabled={!found?.match} aria-label={t('logLaterMatch')} title={t('logLaterMatch')} onClick={() => go('later')}>
          <ChevronDown size={15} aria-hidden />
        </Button>
        <span role="status" className="min-w-16 text-sm text-muted">
          {found && (found.match ? t('logMatch', { number: number(found.match.number), count: number(found.count) }) : t('logNoMatch'))}
        </span>
        <span className="ml-auto text-sm text-muted">{t('logLines', { count: total })}</span>
        <Button small kind="quiet" className="!px-1.5 aria-pressed:text-ink" aria-pressed={follows} aria-label={t('logFollow')} title={t('logFollow')} onClick={() => setFollows(!follows)}>
          <ArrowDownToLine size={15} aria-hidden />
        </Button>
        <DownloadButton small kind="quiet" className="!px-1.5" href={`${log.address}/text`} aria-label={t('logDownload')} title={t('logDownload')}>
          <Download size={15} aria-hidden />
        </DownloadButton>
      </div>
      <div
        ref={box}
        role="log"
        aria-live="off"
        aria-label={t('log')}
        tabIndex={0}
        onWheel={() => setFollows(false)}
        onTouchMove={() => setFollows(false)}
        // The bar at its side is drawn along too.
        onPointerDown={() => setFollows(false)}
        onKeyDown={(event) => scrollingKeys.has(event.key) && setFollows(false)}
        onScroll={(event) => {
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget
          if (scrollHeight - scrollTop - clientHeight < 4) setFollows(true)
        }}
        className="h-72 overflow-auto rounded-base bg-wash px-3 py-2 font-mono text-xs leading-5"
      >
        <div className="relative" style={{ height: rows.getTotalSize() }}>
          {seen.map((row) => {
            const line = lineAt(row.index)
            return (
              <div
                key={row.key}
                ref={rows.measureElement}
                data-index={row.index}
                style={{ transform: `translateY(${row.start}px)` }}
                className={cx('absolute inset-x-0 top-0 grid min-h-5 grid-cols-[5em_minmax(0,1fr)] gap-x-3', row.index === found?.match?.place && 'rounded-base bg-raised outline-1 outline-edge')}
              >
                <span className="truncate text-muted" title={line?.at ? new Date(line.at).toLocaleString() : undefined}>{line?.source}</span>
                <span className="[overflow-wrap:anywhere] whitespace-pre-wrap">{line && <Marked text={line.text} wanted={text} />}</span>
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

/** A line with what is looked for marked in it. */
function Marked({ text, wanted }: { text: string; wanted: string }) {
  if (wanted === '') return text
  const parts: { text: string; isMatch: boolean }[] = []
  const [hay, needle] = [text.toLowerCase(), wanted.toLowerCase()]
  let at = 0
  for (let hit = hay.indexOf(needle); hit !== -1; hit = hay.indexOf(needle, at)) {
    parts.push({ text: text.slice(at, hit), isMatch: false }, { text: text.slice(hit, hit + needle.length), isMatch: true })
    at = hit + needle.length
  }
  return [...parts, { text: text.slice(at), isMatch: false }].map((part, index) => (part.isMatch ? <mark key={index} className="bg-gamboge/30 text-ink">{part.text}</mark> : part.text))
}
