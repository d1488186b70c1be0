'use client'

import { useRef, useState, useTransition } from 'react'
import { useTranslations } from 'use-intl/react'
import { previewPrompt } from '@/app/projects/[projectId]/premises/actions'
import { Button } from '@/app/_ui/button'

/** The prompt of the form around it, as the model would read it for a few passages. */
export function PromptPreview() {
  const t = useTranslations('premises')
  const button = useRef<HTMLButtonElement>(null)
  const [texts, setTexts] = useState<{ ordinal: number; text: string }[] | null>(null)
  const [failed, setFailed] = useState(false)
  const [reading, start] = useTransition()
  const show = () => {
    const form = button.current?.form
    if (!form) return
    start(async () => {
      try {
        setTexts(await previewPrompt(new FormData(form)))
        setFailed(false)
      } catch {
        setFailed(true)
      }
    })
  }
  return (
    <div className="grid gap-3">
      <Button ref={button} small className="justify-self-start" disabled={reading} onClick={show}>
        {t('preview')}
      </Button>
      {failed && (
        <p role="alert" className="m-0 text-seal">
          {t('previewFailed')}
        </p>
      )}
      {texts?.map(({ ordinal, text }, at) => (
        <details key={ordinal} open={at === 0} className="rounded-base border border-line">
          <summary className="px-3 py-2">{t('previewOf', { ordinal: ordinal + 1 })}</summary>
          <pre lang="zh-CN" className="m-0 max-h-80 overflow-auto border-t border-line bg-wash px-3 py-2 font-mono text-xs leading-5 whitespace-pre-wrap" tabIndex={0}>
            {text}
          </pre>
        </details>
      ))}
    </div>
  )
}
