'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useTransition } from 'react'
import { hearChanges } from '@/app/_ui/changes'

/** Shortest time between two redraws, in milliseconds: at most four a second. */
const pause = 250
/** A redraw waits this many times as long as the last one took, so that looking on never takes the machine from its work. */
const restShare = 3

/**
 * Redraws the page from the server whenever the project's rows change, for as long
 * as the page is open and in sight. It draws nothing itself. Without a project it
 * follows everything.
 */
export function Live({ projectId }: { projectId?: string }) {
  const router = useRouter()
  const [drawing, start] = useTransition()
  const began = useRef(0)
  const notBefore = useRef(0)

  useEffect(() => {
    if (drawing) began.current = performance.now()
    else if (began.current > 0) notBefore.current = performance.now() + Math.max(pause, restShare * (performance.now() - began.current))
  }, [drawing])

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const redraw = () => {
      if (document.hidden || timer !== null) return
      timer = setTimeout(
        () => {
          timer = null
          start(() => router.refresh())
        },
        Math.max(0, notBefore.current - performance.now()),
      )
    }
    const deafen = hearChanges((change) => {
      if (!projectId || change.project === null || change.project === projectId) redraw()
    })
    // What changed while the tab was out of sight is asked for once it is back.
    document.addEventListener('visibilitychange', redraw)
    return () => {
      deafen()
      document.removeEventListener('visibilitychange', redraw)
      if (timer !== null) clearTimeout(timer)
    }
  }, [projectId, router])
  return null
}
