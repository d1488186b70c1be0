'use client'

import { useTranslations } from 'use-intl/react'
import { Prose } from '@/app/_ui/prose'
import type { Written } from '@/app/projects/[projectId]/training/[runId]/_components/use-samples'
import type { Piece } from '@/lib/text/differences'

type Shown = Pick<Written, 'text'> & Partial<Pick<Written, 'tokens' | 'ending'>>

/** A sample or a passage set for reading, with how it ended, or `note`, beneath; `pieces` mark what stands here alone. */
export function SampleText({ sample, loading, note, pieces }: { sample: Shown | undefined; loading: boolean; note?: string; pieces?: readonly Piece[] }) {
  const t = useTranslations('training')
  if (!sample) return <p className="m-0 min-h-40 text-muted">{loading ? t('samples.reading') : t('samples.leftOut')}</p>
  const ended = sample.ending && t('samples.ended', { ending: sample.ending, tokens: sample.tokens ?? 0 })
  return (
    <div className="grid gap-2">
      {sample.text.trim() === '' ? (
        <p className="m-0 text-muted">{t('samples.nothing')}</p>
      ) : (
        <Prose text={pieces ? undefined : sample.text} className="max-h-[28rem] overflow-y-auto [overflow-wrap:anywhere]">
          {pieces && <p className="whitespace-pre-wrap">{pieces.map(({ text, alone }, at) => (alone ? <mark key={at}>{text}</mark> : text))}</p>}
        </Prose>
      )}
      {(note || ended) && <p className="m-0 text-sm text-muted">{note ?? ended}</p>}
    </div>
  )
}
