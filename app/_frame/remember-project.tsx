'use client'

import { useEffect } from 'react'
import { lastProjectCookie } from '@/app/_frame/last-project'

const year = 365 * 24 * 3600

/** Keeps in a cookie which project one was in last, for the pages that belong to none. */
export function RememberProject({ id }: { id: string }) {
  useEffect(() => {
    document.cookie = `${lastProjectCookie}=${id}; path=/; max-age=${year}; samesite=strict`
  }, [id])
  return null
}
