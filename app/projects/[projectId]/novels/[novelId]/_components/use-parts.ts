'use client'

import { startTransition, useCallback, useEffect, useMemo, useState } from 'react'
import { windowAnswer } from '@/app/projects/[projectId]/novels/[novelId]/_components/answers'
import { atRow, type Layout } from '@/app/projects/[projectId]/novels/[novelId]/_layout'
import type { ReadPart } from '@/app/projects/[projectId]/novels/[novelId]/_parts'
import type { ChapterDetail, ReadWindow } from '@/app/projects/[projectId]/novels/[novelId]/_window'

const askedAtOnce = 24

/**
 * The parts that have arrived, and a way to ask for those around a row. `initial` came with the page. When the page is
 * drawn anew something may have changed: what is there stays in sight, and is asked for again.
 */
export function useParts(novelId: number, layout: Layout, initial: ReadWindow): Parts {
  const [times, drawn] = useState(0)
  const [store] = useState(() => storeOf(initial))
  useEffect(() => {
    store.asked.clear()
    keep(store, initial)
    drawn((before) => before + 1)
  }, [store, initial])

  const ask = useCallback(
    (from: number, to: number) => {
      for (let row = Math.max(0, from); row <= Math.min(to, layout.total - 1); row += 1) {
        const place = atRow(layout, row)
        if (!place || store.asked.has(keyOf(place.chapter.id, place.part))) continue
        const keys = keysFrom(layout, row)
        for (const key of keys) store.asked.add(key)
        fetchWindow(novelId, place.chapter.id, place.part)
          .then((window) => {
            keep(store, window)
            // Many parts at once: drawn between what the reader does, who scrolls on meanwhile.
            startTransition(() => drawn((before) => before + 1))
          })
          .catch(() => {
            // Asked for again when it is next in sight.
            for (const key of keys) store.asked.delete(key)
          })
      }
    },
    [layout, novelId, store],
  )
  // Another object with every arrival, so that what is drawn of it is drawn anew.
  return useMemo(() => {
    void times
    return {
      part: (chapterId, at) => store.parts.get(keyOf(chapterId, at)),
      chapter: (id) => store.chapters.get(id),
      ask,
    }
  }, [store, ask, times])
}

export type Parts = {
  part: (chapterId: number, at: number) => ReadPart | undefined
  chapter: (id: number) => ChapterDetail | undefined
  ask: (from: number, to: number) => void
}

type Store = { parts: Map<string, ReadPart>; chapters: Map<number, ChapterDetail>; asked: Set<string> }

function storeOf(initial: ReadWindow): Store {
  const store: Store = { parts: new Map(), chapters: new Map(), asked: new Set() }
  keep(store, initial)
  return store
}

function keysFrom(layout: Layout, row: number): string[] {
  return Array.from({ length: askedAtOnce }, (_, index) => atRow(layout, row + index)).flatMap((place) => (place ? [keyOf(place.chapter.id, place.part)] : []))
}

function keep(store: Store, window: ReadWindow): void {
  for (const part of window.parts) {
    store.parts.set(keyOf(part.chapterId, part.part), part)
    store.asked.add(keyOf(part.chapterId, part.part))
  }
  for (const chapter of window.chapters) store.chapters.set(chapter.id, chapter)
}

async function fetchWindow(novelId: number, chapterId: number, part: number): Promise<ReadWindow> {
  const response = await fetch(`/api/novels/${novelId}/text?chapter=${chapterId}&part=${part}&count=${askedAtOnce}`)
  if (!response.ok) throw new Error(`The text did not come: ${response.status}`)
  return windowAnswer.parse(await response.json())
}

function keyOf(chapterId: number, part: number): string {
  return `${chapterId}:${part}`
}
