'use client'

import { Tabs } from 'radix-ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { PromptPart } from '@/app/projects/[projectId]/premises/_components/prompt-part'
import { StyleShares } from '@/app/projects/[projectId]/premises/_components/style-shares'
import { Field } from '@/app/_ui/field'
import { NumberInput } from '@/app/_ui/inputs'
import type { PremiseStyle } from '@/lib/settings/premise-styles'
import type { PremisePrompt, PromptStyle } from '@/lib/settings/premises'

const figures = ['minimumCharacters', 'maximumCharacters', 'maxTokens'] as const

/**
 * The prompt editor: which styles in which shares, and of each its words, template and examples. The whole prompt goes
 * with the form as JSON under `prompt`; what is wrong is said at the field it names.
 */
export function PromptEditor({ value, onChange }: { value: PremisePrompt; onChange: (value: PremisePrompt) => void }) {
  const t = useTranslations('premises')
  const [chosen, setChosen] = useState<PremiseStyle>('sentence')
  const current = chosen === 'sentence' || value.styles.some(({ style }) => style === chosen) ? chosen : 'sentence'
  const setStyle = (at: number, change: Partial<PromptStyle>) => onChange({ ...value, styles: value.styles.map((style, which) => (which === at ? { ...style, ...change } : style)) })
  return (
    <div className="grid gap-4">
      <input type="hidden" name="prompt" value={JSON.stringify(value)} />
      <StyleShares styles={value.styles} onChange={(styles) => onChange({ ...value, styles })} />
      {value.styles.length === 0 ? (
        <PromptPart path="prompt" value={value} onChange={(part) => onChange({ ...value, ...part })} />
      ) : (
        <Tabs.Root value={current} onValueChange={(style) => setChosen(styleOf(style, value))}>
          <Tabs.List aria-label={t('styles')} className="mb-4 flex flex-wrap gap-5 border-b border-line">
            <StyleTab style="sentence" />
            {value.styles.map(({ style }) => (
              <StyleTab key={style} style={style} />
            ))}
          </Tabs.List>
          <Tabs.Content value="sentence" className="grid gap-4">
            <PromptPart path="prompt" value={value} onChange={(part) => onChange({ ...value, ...part })} />
          </Tabs.Content>
          {value.styles.map((style, at) => (
            <Tabs.Content key={style.style} value={style.style} className="grid gap-4">
              <PromptPart path={`prompt.styles.${at}`} value={style} onChange={(part) => setStyle(at, part)} />
              <div className="grid gap-4 sm:grid-cols-3">
                {figures.map((name) => (
                  <Field key={name} name={`prompt.styles.${at}.${name}`} label={t(`sampling.${name}`)}>
                    <NumberInput min={1} value={style[name]} onChange={(event) => setStyle(at, { [name]: Math.round(Number(event.target.value)) || 0 })} />
                  </Field>
                ))}
              </div>
            </Tabs.Content>
          ))}
        </Tabs.Root>
      )}
    </div>
  )
}

function StyleTab({ style }: { style: PremiseStyle }) {
  const t = useTranslations('premises')
  return (
    <Tabs.Trigger value={style} className="-mb-px border-b-2 border-transparent px-1 py-2 text-muted hover:text-ink data-[state=active]:border-seal data-[state=active]:font-semibold data-[state=active]:text-ink">
      {t(`style.${style}`)}
    </Tabs.Trigger>
  )
}

function styleOf(name: string, { styles }: PremisePrompt): PremiseStyle {
  return styles.find(({ style }) => style === name)?.style ?? 'sentence'
}
