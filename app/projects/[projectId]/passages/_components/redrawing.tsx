'use client'

import { useRouter } from 'next/navigation'
import { type ComponentProps, createContext, type ReactNode, useContext, useTransition } from 'react'
import { useTranslations } from 'use-intl/react'
import { LinkButton } from '@/app/_ui/button'
import { cx } from '@/app/_ui/cx'

type Drawing = { drawing: boolean; replace: (href: string) => void }

const Redraw = createContext<Drawing | null>(null)

/** Whatever changes the view within tells so to whatever shows it. */
export function RedrawRoom({ children }: { children: ReactNode }) {
  return <Redraw value={useOwnRedraw()}>{children}</Redraw>
}

/** Shows another view of the page, by its URL, and says for how long the one on the screen is still the view before. */
export function useRedraw(): Drawing {
  const own = useOwnRedraw()
  return useContext(Redraw) ?? own
}

function useOwnRedraw(): Drawing {
  const router = useRouter()
  const [drawing, start] = useTransition()
  return { drawing, replace: (href) => start(() => router.replace(href, { scroll: false })) }
}

/** A link to other settings of this page, in the form of a button. */
export function SettingsLink({ href, ...rest }: Omit<ComponentProps<typeof LinkButton>, 'href' | 'onNavigate' | 'scroll'> & { href: string }) {
  const router = useRedraw()
  return (
    <LinkButton
      {...rest}
      href={href}
      scroll={false}
      onNavigate={(event) => {
        event.preventDefault()
        router.replace(href)
      }}
    />
  )
}

/** What the settings give: faint, and said to be on its way, while it is that of the settings before. */
export function Redrawn({ children }: { children: ReactNode }) {
  return <Updating isOld={useRedraw().drawing}>{children}</Updating>
}

/** Figures that may be old ones: faint for as long as they are, with a word that new ones come. */
export function Updating({ isOld, children }: { isOld: boolean; children: ReactNode }) {
  const t = useTranslations('passages')
  return (
    <div aria-busy={isOld} className="relative min-w-0">
      <p role="status" className="pointer-events-none absolute -top-4 right-0 m-0 text-xs text-muted">{isOld && t('updating')}</p>
      <div className={cx('transition-opacity', isOld && 'opacity-50')}>{children}</div>
    </div>
  )
}
