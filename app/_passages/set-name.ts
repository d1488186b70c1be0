import type { getTranslator } from '@/app/_i18n/server'

type Translator = Awaited<ReturnType<typeof getTranslator<'passages'>>>

/** What a passage set is called wherever one is chosen or named: a person's word and its number, or its number. */
export function setNameOf(t: Translator, set: { ordinal: number; name: string | null }): string {
  return set.name === null ? t('set', { ordinal: set.ordinal }) : t('setNamed', { name: set.name, ordinal: set.ordinal })
}
