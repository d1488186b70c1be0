'use client'

import { TriangleAlert } from 'lucide-react'
import { Link } from '@/app/_ui/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { cx } from '@/app/_ui/cx'

/** One line of the rail. `text` is the state as it is seen, `spoken` as it is read out, `unit` what is counted where it is not the stage's own thing. */
export function RailLink(props: { href: string; exact?: boolean; number?: number; name: string; text: string; spoken: string; unit?: string; attention?: boolean }) {
  const path = usePathname()
  const here = path === props.href || (!props.exact && path.startsWith(`${props.href}/`))
  const link = useRef<HTMLAnchorElement>(null)
  // On a narrow screen the rail is a bar that is wider than the page: it begins where one is.
  useEffect(() => {
    if (here) link.current?.scrollIntoView({ block: 'nearest', inline: 'center', behavior: 'instant' })
  }, [here])
  return (
    <Link
      ref={link}
      href={props.href}
      aria-current={here ? 'page' : undefined}
      className={cx(
        'grid min-w-9 justify-items-center rounded-base px-1 py-1.5 whitespace-nowrap no-underline',
        'md:items-baseline md:justify-items-start md:gap-2 md:px-2.5 md:py-2',
        props.number === undefined ? 'md:grid-cols-[1fr_auto]' : 'md:grid-cols-[20px_1fr_auto]',
        here ? 'bg-wash font-semibold text-ink' : 'text-muted hover:bg-wash hover:text-ink',
      )}
    >
      {props.number !== undefined && (
        <span aria-hidden className={cx('hidden text-xs font-normal md:inline', here && 'text-seal')}>
          {props.number}
        </span>
      )}
      <span>{props.name}</span>
      <span className={cx('inline-flex items-center gap-1 text-xs font-normal', props.attention ? 'text-gamboge-text' : 'text-muted')}>
        {props.attention && <TriangleAlert size={11} strokeWidth={2.5} aria-hidden />}
        {props.unit && <span className="max-md:sr-only">{props.unit}</span>}
        <span aria-hidden>{props.text}</span>
        <span className="sr-only">{props.spoken}</span>
      </span>
    </Link>
  )
}
