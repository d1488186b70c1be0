'use client'

import { useTranslations } from 'use-intl/react'
import { Tag } from '@/app/_ui/tag'

const known = ['empty', 'too-short', 'cut-off', 'looped', 'echo', 'foreign', 'garbled'] as const

/** What the checks saw in a story; those for which it was refused stand out. */
export function FlawTags({ flaws, refused }: { flaws: readonly string[]; refused: boolean }) {
  const word = useFlawWord()
  return flaws.map((flaw) => (
    <Tag key={flaw} kind={refused ? 'bad' : 'warn'}>
      {word(flaw)}
    </Tag>
  ))
}

/** The word for a flaw, which is data: one that has none shows as it is. */
function useFlawWord(): (flaw: string) => string {
  const t = useTranslations('stories')
  return (flaw) => {
    const name = known.find((each) => each === flaw)
    return name ? t(`flaw.${name}`) : flaw
  }
}

/** The word for how an answer ended. */
export function useFinishWord(): (reason: string) => string {
  const t = useTranslations('stories')
  return (reason) => (reason === 'stop' || reason === 'length' || reason === 'unknown' ? t(`finish.${reason}`) : t('finish.other', { reason }))
}
