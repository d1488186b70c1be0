'use client'

import { useEffect, useState } from 'react'

/** The present time in milliseconds, moving on once a second in the browser; null on the server, where a clock would be stale at once. */
export function useSeconds(moving: boolean): number | null {
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    setNow(Date.now())
    if (!moving) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [moving])
  return now
}
