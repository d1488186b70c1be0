'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'

/** Copies `text`; `label` says what it is (“the hash”), for those who do not see what stands beside it. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const t = useTranslations('ui')
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  const word = copied ? t('copied') : t('copy')
  const Icon = copied ? Check : Copy
  return (
    <Button small kind="quiet" aria-label={label ? `${word} ${label}` : undefined} onClick={() => void copy(text).then(setCopied)}>
      <Icon size={14} aria-hidden />
      <span aria-live="polite">{word}</span>
    </Button>
  )
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // Without a secure context there is no clipboard: an old selection and command serve.
    const area = document.createElement('textarea')
    area.value = text
    document.body.append(area)
    area.select()
    const done = document.execCommand('copy')
    area.remove()
    return done
  }
}
