'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { hearChanges } from '@/app/_ui/changes'
import { followedRead, type FollowedRead } from '@/app/_ui/followed-read'

type Topic = 'job' | 'metrics' | 'samples' | 'stories' | 'plays' | 'submissions' | 'upload' | 'premises' | 'engine-load'

/** How a followed read stands: `isFailed` once it failed several times in a row, until it succeeds; `again` reads now. */
export type Followed = { isFailed: boolean; again: () => void }

/**
 * Runs `read` at once and again whenever the row of this id changes in the topic, or `stamp` does, one at a time: what changes while it
 * runs has it run once more. `read` itself remembers how far it is. One that fails is made again with growing pauses.
 */
export function useFollow(topic: Topic, id: string, read: () => Promise<void>, stamp: string | null = null): Followed {
  const [isFailed, setFailed] = useState(false)
  const latest = useRef(read)
  const following = useRef<FollowedRead | null>(null)
  useEffect(() => {
    latest.current = read
  })
  useEffect(() => {
    const followed = followedRead(() => latest.current(), setFailed)
    following.current = followed
    const deafen = hearChanges((change) => {
      if (change.topic === 'everything' || (change.topic === topic && change.id === id)) followed.go()
    })
    return () => {
      following.current = null
      deafen()
      followed.end()
    }
  }, [topic, id])
  useEffect(() => following.current?.go(), [topic, id, stamp])
  return { isFailed, again: useCallback(() => following.current?.go(), []) }
}
