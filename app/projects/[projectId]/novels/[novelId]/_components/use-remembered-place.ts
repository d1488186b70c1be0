'use client'

import { useEffect, useRef } from 'react'
import type { ChapterLine } from '@/app/projects/[projectId]/novels/[novelId]/_layout'
import { partCount } from '@/app/projects/[projectId]/novels/[novelId]/_parts'

const pause = 700

/** Keeps where one reads: the chapter in the URL, the place itself at the server, once the scrolling rests or the page is left. */
export function useRememberedPlace(novelId: number, here: { chapter: ChapterLine; part: number } | undefined): void {
  const chapterId = here?.chapter.id
  const share = here ? here.part / partCount(here.chapter.characters) : 0
  // Opening a novel is not reading on in it: only a place that one has moved to is kept.
  const opened = useRef(`${chapterId}:${share}`)
  useEffect(() => {
    if (chapterId === undefined || opened.current === `${chapterId}:${share}`) return
    opened.current = ''
    let told = false
    const tell = () => {
      if (told) return
      told = true
      const query = new URLSearchParams(window.location.search)
      if (query.get('chapter') !== String(chapterId)) {
        for (const name of ['passage', 'at']) query.delete(name)
        query.set('chapter', String(chapterId))
        window.history.replaceState(null, '', `${window.location.pathname}?${query}`)
      }
      void fetch(`/api/novels/${novelId}/place`, { method: 'POST', keepalive: true, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ chapterId, share }) }).catch(() => {})
    }
    const timer = setTimeout(tell, pause)
    window.addEventListener('pagehide', tell)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('pagehide', tell)
    }
  }, [novelId, chapterId, share])
}
