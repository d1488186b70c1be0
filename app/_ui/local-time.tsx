'use client'

import { useEffect, useState } from 'react'
import { useLocale } from 'use-intl/react'

/** A moment (ISO 8601) in the reader's own time zone, with the full date on hover. */
export function LocalTime({ at, only }: { at: string; only?: 'date' | 'time' }) {
  const locale = useLocale()
  const moment = new Date(at)
  const text = new Intl.DateTimeFormat(locale, {
    dateStyle: only === 'time' ? undefined : 'medium',
    timeStyle: only === 'date' ? undefined : 'short',
  }).format(moment)
  const whole = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' }).format(moment)
  // The server's zone may not be the reader's; the browser has the last word.
  return (
    <time dateTime={at} title={whole} suppressHydrationWarning>
      {text}
    </time>
  )
}

const steps = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** How long ago (ISO 8601): 3 minutes ago. Redrawn every half minute; the full date on hover. */
export function RelativeTime({ at }: { at: string }) {
  const locale = useLocale()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  const seconds = (new Date(at).getTime() - now) / 1000
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const step = steps.find(([, length]) => Math.abs(seconds) >= length)
  const text = step ? words.format(Math.round(seconds / step[1]), step[0]) : words.format(0, 'second')
  const whole = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' }).format(new Date(at))
  return (
    <time dateTime={at} title={whole} suppressHydrationWarning>
      {text}
    </time>
  )
}
