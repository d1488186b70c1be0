'use client'

import { useCallback, useEffect, useRef, useState } from 'react'

type Kept = { value: unknown; at: number }

export type Draft<T> = {
  value: T
  set: (value: T) => void
  /** When the draft was last changed, in milliseconds; null where the value is the saved one. */
  changedAt: number | null
  /** Forgets the draft: the value is the saved one again. */
  discard: () => void
  /** Another draft that the present words have taken the place of, for having it back. */
  replaced: T | null
  takeBack: () => void
}

/**
 * What is being written, kept in this browser at every stroke under `name`, so that leaving the page or closing the tab
 * loses nothing; another tab shows the same draft. `saved` is what is kept for good already; a draft equal to it is
 * none. With `begin` the words begin as `saved` even where there is a draft, which can be taken back. `read` gives a
 * stored value its type, or null for what is none.
 */
export function useDraft<T>(name: string, saved: T, { begin, read }: { begin: 'draft' | 'saved'; read: (value: unknown) => T | null }): Draft<T> {
  const [value, setValue] = useState(saved)
  const [changedAt, setChangedAt] = useState<number | null>(null)
  const [replaced, setReplaced] = useState<T | null>(null)
  const reading = useRef(read)
  const savedText = JSON.stringify(saved)

  useEffect(() => {
    const found = draftIn(localStorage.getItem(name), reading.current)
    if (!found || JSON.stringify(found.value) === savedText) return
    if (begin === 'saved') return setReplaced(found.value)
    setValue(found.value)
    setChangedAt(found.at)
    // What was saved meanwhile does not take the words away from under the hand.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [name, begin])

  useEffect(() => {
    const hear = (event: StorageEvent) => {
      if (event.storageArea !== localStorage || event.key !== name) return
      const found = draftIn(event.newValue, reading.current)
      if (!found) return setChangedAt(null)
      setValue(found.value)
      setChangedAt(found.at)
    }
    window.addEventListener('storage', hear)
    return () => window.removeEventListener('storage', hear)
  }, [name])

  const text = JSON.stringify(value)
  useEffect(() => {
    if (text !== savedText || changedAt === null) return
    localStorage.removeItem(name)
    setChangedAt(null)
  }, [text, savedText, changedAt, name])

  const set = useCallback(
    (next: T) => {
      const at = Date.now()
      setValue(next)
      setChangedAt(at)
      try {
        localStorage.setItem(name, JSON.stringify({ value: next, at } satisfies Kept))
      } catch {
        // Full or forbidden: the words are on the page, and saving them as a version is what is left.
      }
    },
    [name],
  )
  return {
    value,
    set,
    changedAt,
    discard() {
      localStorage.removeItem(name)
      setValue(saved)
      setChangedAt(null)
    },
    replaced,
    takeBack() {
      if (replaced) set(replaced)
      setReplaced(null)
    },
  }
}

/** A stored draft and when it was changed; null for none, or for what `read` does not take. */
export function draftIn<T>(text: string | null, read: (value: unknown) => T | null): { value: T; at: number } | null {
  if (text === null) return null
  try {
    const kept: unknown = JSON.parse(text)
    if (typeof kept !== 'object' || kept === null || !('value' in kept) || !('at' in kept) || typeof kept.at !== 'number') return null
    const value = read(kept.value)
    return value === null ? null : { value, at: kept.at }
  } catch {
    return null
  }
}
