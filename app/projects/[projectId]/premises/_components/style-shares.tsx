'use client'

import { useRef } from 'react'
import { useTranslations } from 'use-intl/react'
import { NumberInput } from '@/app/_ui/inputs'
import { furtherStyles, type FurtherStyle } from '@/lib/settings/premise-styles'
import type { PromptStyle } from '@/lib/settings/premises'
import { styleBeginnings } from '@/lib/settings/presets/premise-styles'

/** Which share of the passages gets a premise of which style; nought leaves a style out, one sentence gets the rest. */
export function StyleShares({ styles, onChange }: { styles: readonly PromptStyle[]; onChange: (styles: PromptStyle[]) => void }) {
  const t = useTranslations('premises')
  // The words of a style that was put to nought come back with its share.
  const laidAside = useRef(new Map<FurtherStyle, PromptStyle>())
  const rest = 100 - styles.reduce((sum, { share }) => sum + share, 0)
  const set = (style: FurtherStyle, share: number) => {
    const known = styles.find((each) => each.style === style)
    if (known) laidAside.current.set(style, known)
    const begun = known ?? laidAside.current.get(style) ?? styleBeginnings[style]
    const others = styles.filter((each) => each.style !== style)
    const next = share === 0 ? others : [...others, { ...begun, share }]
    onChange(furtherStyles.flatMap((each) => next.find((one) => one.style === each) ?? []))
  }
  return (
    <fieldset className="m-0 min-w-0 border-0 p-0">
      <legend className="mb-1 p-0 font-semibold">{t('styles')}</legend>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <span>
          {t('style.sentence')} <span className={rest < 0 ? 'text-seal' : 'text-muted'}>{rest} %</span>
        </span>
        {furtherStyles.map((style) => (
          <label key={style} className="flex items-center gap-1.5">
            {t(`style.${style}`)}
            <NumberInput min={0} max={100} step={5} className="!w-16 text-right" value={styles.find((each) => each.style === style)?.share ?? 0} onChange={(event) => set(style, Math.min(100, Math.max(0, Math.round(Number(event.target.value)) || 0)))} />
            <span className="text-muted">%</span>
          </label>
        ))}
      </div>
      <p className={rest < 0 ? 'mt-1 mb-0 text-sm text-seal' : 'mt-1 mb-0 text-sm text-muted'} role={rest < 0 ? 'alert' : undefined}>
        {rest < 0 ? t('sharesTooMany') : t('stylesHint')}
      </p>
    </fieldset>
  )
}
