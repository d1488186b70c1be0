import type { getTranslator } from '@/app/_i18n/server'
import type { Decision } from '@/lib/generated/prisma/client'
import { chapterWord } from '@/lib/settings/chapter-filter'
import type { RevisionSettings } from '@/lib/settings/revisions'

type Words<A extends 'library' | 'novels' | 'reading'> = Awaited<ReturnType<typeof getTranslator<A>>>

/** A decision over many chapters as a sentence. */
export function decisionWords(t: Words<'library'>, words: Words<'novels'>, { word, chapters, novels }: Pick<Decision, 'word' | 'chapters' | 'novels'>): string {
  return t('didDecide', { what: said(t, words, chapterWord.parse(word)), chapters, novels })
}

function said(t: Words<'library'>, words: Words<'novels'>, word: ReturnType<typeof chapterWord.parse>): string {
  switch (word.kind) {
    case 'taking':
      return words(`takings.${word.taking}`)
    case 'role':
      return words(`roles.${word.role}`)
    case 'register':
      return word.register === null ? t('asMeasured') : words(`register.${word.register}`)
  }
}

/** What a run over many novels does or did, as a sentence. */
export function runWords(t: Words<'library'>, reading: Words<'reading'>, settings: RevisionSettings, novels: number): string {
  switch (settings.kind) {
    case 'clean':
      return t('didClean', { kinds: settings.kinds.map((kind) => reading(`clutter.${kind}`)).join(reading('and')), novels })
    case 'simplify':
      return t('didSimplify', { novels })
    case 'measure':
      return t('didMeasure')
  }
}
