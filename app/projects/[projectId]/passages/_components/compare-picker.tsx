'use client'

import { Columns2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { buttonClass } from '@/app/_ui/button'
import { Link } from '@/app/_ui/link'

type Comparable = { ordinal: number; name: string }

/** Chooses the two sets that are put beside one another; at first the newest two. */
export function ComparePicker({ href, sets }: { href: string; sets: readonly Comparable[] }) {
  const t = useTranslations('passages')
  const [first, setFirst] = useState(String(sets[1]?.ordinal ?? ''))
  const [second, setSecond] = useState(String(sets[0]?.ordinal ?? ''))
  if (sets.length < 2) return <span className="text-sm text-muted">{t('compareNeedsTwo')}</span>
  const choice = (label: string, value: string, set: (value: string) => void) => (
    <select aria-label={label} value={value} onChange={(event) => set(event.target.value)} className="h-8 max-w-44 rounded-base border border-line bg-raised px-1.5 text-sm hover:border-edge">
      {sets.map((each) => (
        <option key={each.ordinal} value={each.ordinal}>
          {each.name}
        </option>
      ))}
    </select>
  )
  return (
    <span className="flex flex-wrap items-center gap-2 text-sm text-muted">
      {choice(t('compare'), first, setFirst)}
      {t('compareWith')}
      {choice(t('compareWith'), second, setSecond)}
      <Link href={`${href}?a=${first}&b=${second}`} aria-disabled={first === second || undefined} className={buttonClass('plain', true)}>
        <Columns2 size={14} aria-hidden />
        {t('compare')}
      </Link>
    </span>
  )
}
