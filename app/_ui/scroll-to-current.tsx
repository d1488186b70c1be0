'use client'

import { useEffect, useRef } from 'react'

/** Brings the current entry of the list around it into sight, without moving the page. */
export function ScrollToCurrent() {
  const here = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const list = here.current?.parentElement
    const entry = list?.querySelector<HTMLElement>('[aria-current]')
    if (!list || !entry) return
    const above = entry.getBoundingClientRect().top - list.getBoundingClientRect().top
    if (above < 0 || above > list.clientHeight - entry.clientHeight) list.scrollTop += above - list.clientHeight / 3
  }, [])
  return <span ref={here} hidden />
}
