'use client'

import { Shuffle } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { type PreviewAnswer, readPreview } from '@/app/projects/[projectId]/premises/actions'
import { Button } from '@/app/_ui/button'
import { useRest } from '@/app/_ui/use-rest'
import type { PremisePrompt } from '@/lib/settings/premises'

/** How long the hand must rest before the preview follows it. */
const rest = 250

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
  const [answer, setAnswer] = useState<PreviewAnswer | null>(null)
  const [missing, setMissing] = useState('')
  const [failed, setFailed] = useState(false)
  const wanted = JSON.stringify({ ...order, draw })
  const asked = useRef('')
  const reading = useRef(false)
  const latest = useRef(wanted)
  const later = useRest(rest)

  useEffect(() => {
    latest.current = wanted
    const read = async () => {
      if (reading.current) return
      reading.current = true
      // Whatever was typed while the server answered is asked for next.
      while (asked.current !== latest.current) {
        const text = latest.current
        asked.current = text
        try {
          const next = await readPreview(text)
          setFailed(false)
          setAnswer((before) => (next.kind === 'faulty' && before?.kind === 'read' ? { ...before, isStale: true } : next))
          setMissing(next.kind === 'faulty' ? next.missing : '')
        } catch {
          setFailed(true)
          break
        }
      }
      reading.current = false
    }
    return later(() => void read(), asked.current === '' ? 0 : rest)
  }, [wanted, later])

  const preview = answer?.kind === 'read' ? answer.preview : null
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
          {failed ? t('previewFailed') : answer?.kind === 'faulty' ? t('previewMissing') : answer?.kind === 'read' && answer.isStale ? t('previewStale') : ''}
          {!failed && missing !== '' && ` ${missing}`}
        </span>
      </div>
      {answer?.kind === 'read' && answer.leak !== null && (
        <p role="alert" className="m-0 text-sm text-seal">
          {answer.leak}
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
          <div lang="zh-CN" tabIndex={0} role="region" aria-label={t('previewOf', { ordinal: format.number(passage.ordinal + 1) })} className="grid max-h-96 gap-2 overflow-auto border-t border-line bg-wash px-3 py-2 font-mono text-xs leading-5 whitespace-pre-wrap [overflow-wrap:anywhere]">
            {passage.prompt.style === 'completions' ? (
              <div>{passage.prompt.text}</div>
            ) : (
              passage.prompt.messages.map((turn, which) => (
                <div key={which}>
                  <span className="text-muted">{turn.role}</span>
                  {'\n'}
                  {turn.content}
                </div>
              ))
            )}
          </div>
        </details>
      ))}
    </section>
  )
}
