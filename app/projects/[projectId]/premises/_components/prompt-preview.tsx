'use client'

import { Shuffle } from 'lucide-react'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { RenderedPrompt } from '@/app/_prompts/rendered-prompt'
import { usePreview } from '@/app/_prompts/use-preview'
import { readPreview } from '@/app/projects/[projectId]/premises/actions'
import { Button } from '@/app/_ui/button'
import type { PremisePrompt } from '@/lib/settings/premises'

export type PreviewOrder = {
  projectId: string
  passageSetId: string
  prompt: PremisePrompt
  /** The run's settings that decide what is asked, as the form holds them. */
  style: string
  maxTokens: string
  seed: string
  /** The model of this machine that is to write; empty where an endpoint writes. */
  engineModel: string
}

/** What the model reads for five passages of the set; it follows the typing, one question to the server at a time. */
export function PromptPreview({ order }: { order: PreviewOrder }) {
  const t = useTranslations('premises')
  const format = useFormatter()
  const [draw, setDraw] = useState(1)
  const { shown, isStale, missing, isFaulty, hasFailed } = usePreview({ ...order, draw }, readPreview)
  const preview = shown?.preview ?? null
  const tokens = (count: number) => t(preview?.isCounted ? 'tokens' : 'aboutTokens', { count })
  const longest = preview?.longest ?? null
  const context = preview?.context ?? null
  const isTooLong = longest !== null && context !== null && longest.tokens + longest.answerTokens > context
  return (
    <section aria-label={t('preview')} className="grid content-start gap-3 lg:sticky lg:top-16 lg:max-h-[calc(100dvh-80px)] lg:self-start lg:overflow-y-auto">
      <div className="flex flex-wrap items-center gap-3">
        <h3 className="m-0 text-base font-semibold">{t('preview')}</h3>
        <Button small kind="quiet" onClick={() => setDraw(draw + 1)}>
          <Shuffle size={14} aria-hidden />
          {t('otherFive')}
        </Button>
        <span role="status" className="text-sm text-muted">
          {hasFailed ? t('previewFailed') : isStale ? t('previewStale') : isFaulty ? t('previewMissing') : ''}
          {!hasFailed && missing !== '' && ` ${missing}`}
        </span>
      </div>
      {shown && shown.leak !== null && (
        <p role="alert" className="m-0 text-sm text-seal">
          {shown.leak}
        </p>
      )}
      {longest && (
        <p className={isTooLong ? 'm-0 text-sm text-seal' : 'm-0 text-sm text-muted'} role={isTooLong ? 'alert' : undefined}>
          {t('longest', { ordinal: longest.ordinal + 1, tokens: tokens(longest.tokens), answer: longest.answerTokens })}
          {context !== null && ` ${t(isTooLong ? 'overContext' : 'context', { count: context })}`}
        </p>
      )}
      {preview?.passages.map((passage, at) => (
        <details key={at} open={at === 0} className="rounded-base border border-line">
          <summary className="flex flex-wrap gap-x-3 px-3 py-2">
            <span>{t('previewOf', { ordinal: passage.ordinal + 1 })}</span>
            <span className="text-muted">{t(`style.${passage.style}`)}</span>
            <span className="ml-auto text-sm text-muted">{tokens(passage.tokens)}</span>
          </summary>
          <RenderedPrompt prompt={passage.prompt} label={t('previewOf', { ordinal: format.number(passage.ordinal + 1) })} />
        </details>
      ))}
    </section>
  )
}
