'use client'

import { type RefObject, useEffect, useState } from 'react'

/** Whether an element has come near the part of the page that is seen; once it has, it stays so. */
export function useInSight(element: RefObject<HTMLElement | null>): boolean {
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    if (seen || !element.current) return
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && setSeen(true), { rootMargin: '200px' })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [seen, element])
  return seen
}
