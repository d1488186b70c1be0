'use client'

import { Search } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { PaletteList } from '@/app/_palette/palette-list'
import type { ProjectLink } from '@/app/_ui/frame/stage-state'

/** The way to everything by its name: a button in the header and Ctrl or ⌘ with K, on every page. */
export function Palette({ project }: { project: ProjectLink | null }) {
  const t = useTranslations('palette')
  const [open, setOpen] = useState(false)

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
      event.preventDefault()
      setOpen((before) => !before)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])

  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger
        aria-keyshortcuts="Control+K Meta+K"
        className="flex h-8 min-w-8 items-center justify-center gap-2 rounded-base text-muted hover:bg-wash hover:text-ink md:border md:border-line md:bg-raised md:px-2.5"
      >
        <Search size={16} aria-hidden />
        <span className="max-md:sr-only">{t('button')}</span>
        <kbd aria-hidden className="hidden rounded-[3px] border border-line px-1 font-sans text-xs md:inline">Ctrl K</kbd>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[rgb(31_27_22/45%)]" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[12dvh] left-1/2 z-40 flex max-h-[72dvh] w-[min(620px,calc(100vw-24px))] -translate-x-1/2 flex-col overflow-hidden rounded-base border border-line bg-raised shadow-float"
        >
          <Dialog.Title className="sr-only">{t('open')}</Dialog.Title>
          <PaletteList project={project} onDone={() => setOpen(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
