import { useRouter } from 'next/navigation'
import { useTheme } from 'next-themes'
import { startTransition } from 'react'
import { useLocale, useTranslations } from 'use-intl/react'
import { setLocale } from '@/app/_i18n/set-locale'

export type PaletteAction = { key: string; name: string; names: string[]; act: () => void }

/** What can be done from everywhere: the other language, and how the studio looks. */
export function useActions(): PaletteAction[] {
  const t = useTranslations('palette')
  const locale = useLocale()
  const router = useRouter()
  const { theme, setTheme } = useTheme()
  const other = locale === 'en' ? 'zh-CN' : 'en'
  const speak = () =>
    startTransition(async () => {
      await setLocale(other)
      router.refresh()
    })
  return [
    { key: 'language', name: t(other === 'en' ? 'toEnglish' : 'toChinese'), names: ['language', '语言', 'English', '中文'], act: speak },
    ...(['light', 'dark', 'system'] as const)
      .filter((each) => each !== theme)
      .map((each) => ({ key: `theme-${each}`, name: t(`theme.${each}`), names: ['theme', '外观', each], act: () => setTheme(each) })),
  ]
}
