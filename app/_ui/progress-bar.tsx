'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { useSeconds } from '@/app/_ui/use-seconds'
import { clock } from '@/lib/clock'

/** Seconds between two spoken words about the progress. */
const speakEvery = 15

/**
 * How far something is: done of total, elapsed and what is left. `startedAt` is when it
 * began, `left` what is left, both in milliseconds; nothing is said of what is left while
 * that is unknown. `running={false}` stops the clock at `elapsed`.
 */
export function ProgressBar(props: {
  label: string
  done: number
  total: number
  unit?: string
  startedAt?: number
  elapsed?: number
  left?: number | null
  running?: boolean
  /** `share` leaves the counts away, where they are bytes or the like. */
  counts?: 'share'
  aside?: ReactNode
}) {
  const t = useTranslations('ui')
  const format = useFormatter()
  const running = props.running ?? true
  const now = useSeconds(running && props.startedAt !== undefined)
  const elapsed = props.elapsed ?? (now !== null && props.startedAt !== undefined ? Math.max(0, now - props.startedAt) : null)
  const share = props.total > 0 ? Math.min(1, props.done / props.total) : 0
  const percent = format.number(share, { style: 'percent', maximumFractionDigits: 0 })
  const counts = `${format.number(props.done)} / ${format.number(props.total)}${props.unit ? ` ${props.unit}` : ''}`
  return (
    <div className="grid gap-1.5">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5">
        <span className="font-semibold">{props.label}</span>
        {props.counts !== 'share' && <span>{counts}</span>}
        <span className="text-muted">{percent}</span>
        {props.aside}
        <span className="ml-auto text-sm text-muted">
          {elapsed !== null && t('elapsed', { time: clock(elapsed) })}
          {running && typeof props.left === 'number' && ` · ${t('left', { time: clock(props.left) })}`}
        </span>
      </div>
      <Bar label={props.label} share={share} text={props.counts === 'share' ? percent : counts} />
      {running && <Spoken text={`${props.label} ${percent}`} />}
    </div>
  )
}

/** The bar alone, for tight places; `share` is between 0 and 1. */
export function Bar({ label, share, text, className = '' }: { label: string; share: number; text?: string; className?: string }) {
  return (
    <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(share * 100)} aria-valuetext={text} className={`h-1 overflow-hidden rounded-[2px] bg-line ${className}`}>
      <div className="h-full origin-left bg-azurite" style={{ transform: `scaleX(${share})` }} />
    </div>
  )
}

/** Speaks on its own beat; what changes between two beats stays silent. */
function Spoken({ text }: { text: string }) {
  const [said, setSaid] = useState('')
  const latest = useRef(text)
  useEffect(() => {
    latest.current = text
  }, [text])
  useEffect(() => {
    const timer = setInterval(() => setSaid(latest.current), speakEvery * 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <span aria-live="polite" className="sr-only">
      {said}
    </span>
  )
}
