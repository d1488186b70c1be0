'use client'

import { useCallback, useEffect, useRef } from 'react'

/**
 * For what follows a hand once it rests: `later(work)` does the work after `ms` milliseconds without another call. A later
 * call takes its place, and leaving the page drops it. Gives what drops it, so that an effect can return it.
 */
export function useRest(ms: number): (work: () => void, after?: number) => () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return useCallback(
    (work, after = ms) => {
      clearTimeout(timer.current)
      const own = setTimeout(work, after)
      timer.current = own
      return () => clearTimeout(own)
    },
    [ms],
  )
}
