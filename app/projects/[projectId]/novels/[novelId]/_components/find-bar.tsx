'use client'

import { ArrowDown, ArrowUp, Search, X } from 'lucide-react'
import { memo, type RefObject, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'
import { useRest } from '@/app/_ui/use-rest'
import { foundAnswer } from '@/app/projects/[projectId]/novels/[novelId]/_components/answers'
import type { FoundInNovel } from '@/lib/stages/novels/find-in-novel'

export type FindState = { words: string; found: FoundInNovel | null; at: number }

export const nothingFound: FindState = { words: '', found: null, at: 0 }

const typingPause = 250

/** Looks for words in the novel: how often they stand there, and the one before and after; Enter and Shift+Enter go through them. */
export const FindBar = memo(function FindBar(props: { novelId: number; inputRef: RefObject<HTMLInputElement | null>; state: FindState; onChange: (state: FindState) => void; /** Words that one comes with, and the place of theirs that is wanted. */ asked?: { words: string; chapterId: number; at: number } }) {
  const t = useTranslations('reading')
  const { novelId, inputRef, state, onChange, asked } = props
  const [askedWords, askedChapter, askedAt] = [asked?.words, asked?.chapterId ?? 0, asked?.at ?? 0]
  const [typed, setTyped] = useState(asked?.words ?? state.words)
  const later = useRest(typingPause)

  useEffect(() => {
    const words = typed.trim()
    if (words === state.words) return
    if (words === '') return onChange(nothingFound)
    const leaving = new AbortController()
    const drop = later(() => {
      fetch(`/api/novels/${novelId}/find?words=${encodeURIComponent(words)}`, { signal: leaving.signal })
        .then((response) => (response.ok ? response.json() : Promise.reject(new Error(String(response.status)))))
        .then((answer: unknown) => foundAnswer.parse(answer))
        .then((found) => onChange({ words, found, at: words === askedWords ? placeOf(found, askedChapter, askedAt) : 0 }))
        .catch(() => {})
    })
    return () => {
      drop()
      leaving.abort()
    }
  }, [typed, state.words, novelId, onChange, askedWords, askedChapter, askedAt, later])

  const places = state.found?.places.length ?? 0
  const step = (by: number) => places > 0 && onChange({ ...state, at: (state.at + by + places) % places })
  const clear = () => {
    setTyped('')
    onChange(nothingFound)
  }
  return (
    <search className="flex min-w-0 items-center gap-1.5">
      <span className="relative min-w-0">
        <Search size={14} aria-hidden className="absolute top-1/2 left-2 -translate-y-1/2 text-muted" />
        <input
          ref={inputRef}
          type="text"
          value={typed}
          maxLength={100}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            if (event.key === 'Enter') {
              event.preventDefault()
              step(event.shiftKey ? -1 : 1)
            } else if (event.key === 'Escape') clear()
          }}
          aria-label={t('find')}
          placeholder={t('find')}
          className="h-8 w-40 rounded-base border border-edge bg-raised pr-2 pl-7 text-sm text-ink placeholder:text-muted"
        />
      </span>
      <span role="status" className="min-w-14 text-xs whitespace-nowrap text-muted tabular-nums">
        {state.found && (state.found.total === 0 ? t('foundNone') : t('foundAt', { at: state.at + 1, total: state.found.total }))}
      </span>
      {places > 0 && (
        <>
          <Button small kind="quiet" aria-label={t('foundBefore')} onClick={() => step(-1)}>
            <ArrowUp size={14} aria-hidden />
          </Button>
          <Button small kind="quiet" aria-label={t('foundAfter')} onClick={() => step(1)}>
            <ArrowDown size={14} aria-hidden />
          </Button>
          <Button small kind="quiet" aria-label={t('foundClear')} onClick={clear}>
            <X size={14} aria-hidden />
          </Button>
        </>
      )}
    </search>
  )
})

/** Which of the places is the one at or after what was asked for; the first where there is none. */
function placeOf(found: FoundInNovel, chapterId: number, at: number): number {
  return Math.max(0, found.places.findIndex(([chapter, place]) => chapter === chapterId && place >= at))
}
