'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { useTheme } from 'next-themes'
import { useSyncExternalStore } from 'react'
import { useTranslations } from 'use-intl/react'

const order = ['system', 'light', 'dark'] as const
const icons = { system: Monitor, light: Sun, dark: Moon }

/** As the system says, light, dark: each press goes one on. */
export function ThemeSwitch() {
  const t = useTranslations('ui')
  const { theme, setTheme } = useTheme()
  const inBrowser = useSyncExternalStore(noChange, () => true, () => false)
  const chosen = order.find((each) => inBrowser && each === theme) ?? 'system'
  const next = order[(order.indexOf(chosen) + 1) % order.length] ?? 'system'
  const Icon = icons[chosen]
  const label = `${t('theme')}: ${t(`themes.${chosen}`)}`
  return (
    <button type="button" aria-label={label} title={label} onClick={() => setTheme(next)} className="grid size-8 place-items-center rounded-base text-muted hover:bg-wash hover:text-ink">
      <Icon size={16} aria-hidden />
    </button>
  )
}

const noChange = () => () => {}
