'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { useLocale } from 'use-intl/react'
import type { Locale } from '@/app/_i18n/locale'
import { setLocale } from '@/app/_i18n/set-locale'
import { cx } from '@/app/_ui/cx'

const names: readonly { locale: Locale; short: string; name: string }[] = [
  { locale: 'zh-CN', short: '中', name: '中文' },
  { locale: 'en', short: 'EN', name: 'English' },
]

export function LanguageSwitch() {
  const current = useLocale()
  const router = useRouter()
  const [pending, start] = useTransition()
  const choose = (locale: Locale) =>
    start(async () => {
      await setLocale(locale)
      router.refresh()
    })
  return (
    <div role="group" aria-label="语言 Language" className="flex items-center">
      {names.map(({ locale, short, name }) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          disabled={pending}
          aria-pressed={locale === current}
          aria-label={`${short} ${name}`}
          onClick={() => choose(locale)}
          className={cx('min-h-7 min-w-7 rounded-base px-1', locale === current ? 'font-semibold text-ink' : 'text-muted hover:text-ink')}
        >
          {short}
        </button>
      ))}
    </div>
  )
}
