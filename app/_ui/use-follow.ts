'use client'

import { useEffect, useRef } from 'react'
import { hearChanges } from '@/app/_ui/changes'

type Topic = 'job' | 'metrics' | 'samples' | 'stories' | 'plays' | 'submissions' | 'upload' | 'premises' | 'engine-load'

/**
 * Runs `read` at once and again whenever the row of this id changes in the topic, one at a time: what changes while
 * it runs has it run once more. `read` itself remembers how far it is. A failed read waits for the next change.
 */
export function useFollow(topic: Topic, id: string, read: () => Promise<void>): void {
  const latest = useRef(read)
  useEffect(() => {
    latest.current = read
  })
  useEffect(() => {
    let state: 'idle' | 'reading' | 'again' | 'over' = 'idle'
    const go = async () => {
      if (state !== 'idle') {
        if (state === 'reading') state = 'again'
        return
      }
      state = 'reading'
      await latest.current().catch(() => {})
      const wanted = next(state)
      state = wanted === 'over' ? 'over' : 'idle'
      if (wanted === 'again') void go()
    }
    void go()
    const deafen = hearChanges((change) => {
      if (change.topic === 'everything' || (change.topic === topic && change.id === id)) void go()
    })
    return () => {
      state = 'over'
      deafen()
    }
  }, [topic, id])
}

// TypeScript takes the state for what it was before the await.
function next(state: 'idle' | 'reading' | 'again' | 'over'): 'idle' | 'reading' | 'again' | 'over' {
  return state
}
