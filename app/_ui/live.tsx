'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** Shortest time between two redraws, in milliseconds: at most four a second. */
const pause = 250

/**
 * Redraws the page from the server whenever the project's rows change, for as long
 * as the page is open and in sight. It draws nothing itself. Without a project it
 * follows everything.
 */
export function Live({ projectId }: { projectId?: string }) {
  const router = useRouter()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    let last = 0
    const redraw = () => {
      if (document.hidden || timer !== null) return
      timer = setTimeout(
        () => {
          timer = null
          last = Date.now()
          router.refresh()
        },
        Math.max(0, last + pause - Date.now()),
      )
    }
    const query = projectId ? `?project=${encodeURIComponent(projectId)}` : ''
    const source = new EventSource(`/api/events${query}`)
    source.addEventListener('message', redraw)
    // What changed while the tab was out of sight, or the line was down, is asked for once.
    let broken = false
    source.addEventListener('error', () => (broken = true))
    source.addEventListener('open', () => {
      if (broken) redraw()
      broken = false
    })
    document.addEventListener('visibilitychange', redraw)
    return () => {
      source.close()
      document.removeEventListener('visibilitychange', redraw)
      if (timer !== null) clearTimeout(timer)
    }
  }, [projectId, router])
  return null
}
