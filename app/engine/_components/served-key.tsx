'use client'

import { Eye, EyeOff } from 'lucide-react'
import { useState, useTransition } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'
import { CopyButton } from '@/app/_ui/copy-button'
import { readKey, type KeyAnswer } from '@/app/engine/actions'

/** The key, asked for only when somebody wants to see or copy it. */
export function ServedKey({ servingId }: { servingId: string }) {
  const t = useTranslations('engine')
  const [answer, setAnswer] = useState<KeyAnswer | null>(null)
  const [asking, start] = useTransition()
  const show = () =>
    start(async () => {
      setAnswer(await readKey(servingId))
    })
  if (answer?.ok) {
    return (
      <>
        <code className="[overflow-wrap:anywhere]">{answer.key}</code>
        <CopyButton text={answer.key} label={t('key')} />
        <Button small kind="quiet" onClick={() => setAnswer(null)}>
          <EyeOff size={14} aria-hidden />
          {t('hide')}
        </Button>
      </>
    )
  }
  return (
    <>
      <span aria-hidden>••••••••••••</span>
      <Button small kind="quiet" onClick={show} disabled={asking} aria-busy={asking}>
        <Eye size={14} aria-hidden />
        {t('show')}
      </Button>
      {answer && <span role="alert" className="text-seal">{answer.error}</span>}
    </>
  )
}
