'use client'

import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import * as z from 'zod/mini'
import { Prose } from '@/app/_ui/prose'

const answer = z.object({ text: z.string() })

/** The whole text of one passage, read when it is opened. */
export function PassageText({ passageSetId, passageId }: { passageSetId: string; passageId: number }) {
  const t = useTranslations('passages')
  const [text, setText] = useState<string | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    const asking = new AbortController()
    fetch(`/api/passages/${passageSetId}/rows/${passageId}`, { signal: asking.signal })
      .then(async (response) => setText(answer.parse(await response.json()).text))
      .catch(() => setFailed(!asking.signal.aborted))
    return () => asking.abort()
  }, [passageSetId, passageId])
  if (failed) return <p role="alert" className="pl-[26px] text-seal">{t('rowsFailed')}</p>
  return text === null ? <div className="my-2 ml-[26px] h-40 rounded-base bg-wash" /> : <Prose text={text} className="py-2 pl-[26px]" />
}
