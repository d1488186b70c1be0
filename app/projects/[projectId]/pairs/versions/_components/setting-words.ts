import type { getTranslator } from '@/app/_i18n/server'

type Words = Awaited<ReturnType<typeof getTranslator<'pairs'>>>

const names = ['splitBy', 'validationShare', 'undecided', 'duplicates', 'leaks', 'novelCap', 'modernShare', 'earlyVernacularShare', 'classicalShare', 'seed'] as const

/** A setting's name in the reader's language; one that is no longer known as it stands. */
export function settingLabel(t: Words, name: string): string {
  const known = names.find((each) => each === name)
  return known ? t(`setting.${known}`) : name
}

/** A setting's value in the reader's language. */
export function settingWord(t: Words, name: string, value: string | null): string {
  if (value === null) return '–'
  if (value === 'keep') return name === 'duplicates' ? t('option.all') : t('option.keep')
  if (value === 'one' || value === 'leave_out' || value === 'novel' || value === 'chapter') return t(`option.${value}`)
  return value
}
