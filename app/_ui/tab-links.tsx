import { Link } from '@/app/_ui/link'
import type { ReactNode } from 'react'
import { cx } from '@/app/_ui/cx'

export type TabLink = { href: string; label: ReactNode; current: boolean }

/** Views of one page that live in the URL, as links. */
export function TabLinks({ links, label }: { links: readonly TabLink[]; label: string }) {
  return (
    <nav aria-label={label} className="mb-4 flex gap-5 overflow-x-auto border-b border-line">
      {links.map((link) => (
        <Link
          key={link.href}
          href={link.href}
          aria-current={link.current ? 'page' : undefined}
          className={cx(
            '-mb-px border-b-2 px-1 py-2 whitespace-nowrap no-underline',
            link.current ? 'border-seal font-semibold text-ink' : 'border-transparent text-muted hover:text-ink',
          )}
        >
          {link.label}
        </Link>
      ))}
    </nav>
  )
}
