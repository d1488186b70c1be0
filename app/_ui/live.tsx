'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useTransition } from 'react'
import { hearChanges } from '@/app/_ui/changes'
import { type Pace, paced } from '@/app/_ui/pace'

/**
 * Redraws the page from the server whenever the project's rows change, for as long
 * as the page is open and in sight. It draws nothing itself. Without a project it
 * follows everything.
 */
export function Live({ projectId }: { projectId?: string }) {
  const router = useRouter()
  const [drawing, start] = useTransition()
  const pace = useRef<Pace | null>(null)

  useEffect(() => {
    const own = paced(() => start(() => router.refresh()))
    pace.current = own
    const ask = () => {
      if (!document.hidden) own.ask()
    }
    const deafen = hearChanges((change) => {
      // Figures that change every other second are drawn by whoever shows them.
      if (change.topic === 'engine-load') return
      // A play's words come several times a second; who shows them follows them itself, and their end is its job's.
      if (change.topic === 'plays') return
      if (!projectId || change.project === null || change.project === projectId) ask()
    })
    // What changed while the tab was out of sight is asked for once it is back.
    document.addEventListener('visibilitychange', ask)
    return () => {
      deafen()
      document.removeEventListener('visibilitychange', ask)
      own.end()
    }
  }, [projectId, router])

  useEffect(() => {
    if (!drawing) pace.current?.done()
  }, [drawing])
  return null
}
