'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl/react'

/** What may be wider than the page: it scrolls sideways in itself, by pointer and keyboard, and says so where there is more to see. */
export function ScrollRegion({ label, maxHeight, children }: { label: string; maxHeight?: string; children: ReactNode }) {
  const t = useTranslations('ui')
  const region = useRef<HTMLDivElement>(null)
  const [isWide, setWide] = useState(false)
  useEffect(() => {
    const box = region.current
    if (!box) return
    // A pixel of rounding is no column.
    const look = () => setWide(box.scrollWidth > box.clientWidth + 1)
    const observer = new ResizeObserver(look)
    observer.observe(box)
    if (box.firstElementChild) observer.observe(box.firstElementChild)
    return () => observer.disconnect()
  }, [])
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)]">
      {isWide && <p className="mt-0 mb-1 text-xs text-muted">{t('scrollsSideways')}</p>}
      <div ref={region} role="region" aria-label={label} tabIndex={0} className="overflow-auto max-md:scroll-hint" style={{ maxHeight }}>
        {children}
      </div>
    </div>
  )
}
