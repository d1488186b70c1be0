'use client'

import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'
import { useRest } from '@/app/_ui/use-rest'

/** How long the hand must rest before a forecast follows it, in milliseconds. */
const rest = 500

/**
 * Follows the form around `box` with a forecast: asks for it anew when `order`, all that it depends on, has changed and rests, and
 * hands on the newest answer alone. `read` asks at once; `hasFailed` while the last question had no answer.
 */
export function useForecast<T>(order: unknown, ask: (form: FormData) => Promise<T>, onForecast: (forecast: T) => void): { box: RefObject<HTMLElement | null>; read: () => void; hasFailed: boolean } {
  const box = useRef<HTMLElement>(null)
  const asked = useRef(0)
  const [hasFailed, setHasFailed] = useState(false)
  const wanted = JSON.stringify(order)
  const later = useRest(rest)
  const read = useCallback(() => {
    const form = box.current?.closest('form')
    if (!form) return
    asked.current += 1
    const own = asked.current
    ask(new FormData(form)).then(
      (next) => {
        if (own !== asked.current) return
        setHasFailed(false)
        onForecast(next)
      },
      () => own === asked.current && setHasFailed(true),
    )
  }, [ask, onForecast])
  useEffect(() => later(read), [wanted, read, later])
  return { box, read, hasFailed }
}
