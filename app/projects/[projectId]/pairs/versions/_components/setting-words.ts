import type { getFormatter, getTranslator } from '@/app/_i18n/server'

type Words = Awaited<ReturnType<typeof getTranslator<'pairs'>>>
type Reader = { t: Words; number: Awaited<ReturnType<typeof getFormatter>>['number'] }

const names = ['splitBy', 'validationShare', 'undecided', 'duplicates', 'leaks', 'novelCap', 'modernShare', 'earlyVernacularShare', 'classicalShare', 'seed'] as const

/** A setting's name in the reader's language; one that is no longer known as it stands. */
export function settingLabel(t: Words, name: string): string {
  const known = names.find((each) => each === name)
  return known ? t(`setting.${known}`) : name
}

const shares: readonly string[] = ['validationShare', 'modernShare', 'earlyVernacularShare', 'classicalShare']

/** A setting's value in the reader's language: shares as percent, a cap of 0 as none. */
export function settingWord({ t, number }: Reader, name: string, value: string | null): string {
  if (value === null) return '–'
  if (value === 'keep') return name === 'duplicates' ? t('option.all') : t('option.keep')
  if (value === 'one' || value === 'leave_out' || value === 'novel' || value === 'chapter') return t(`option.${value}`)
  if (name === 'novelCap') return value === '0' ? t('noLimit') : t('found', { count: Number(value) })
  if (shares.includes(name)) return number(Number(value), { style: 'percent', maximumFractionDigits: 1 })
  return value
}
