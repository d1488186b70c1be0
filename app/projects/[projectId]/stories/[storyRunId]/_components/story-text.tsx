'use client'

import { useEffect, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import * as z from 'zod/mini'
import { CopyButton } from '@/app/_ui/copy-button'
import { Prose } from '@/app/_ui/prose'
import { StoryScoresOf } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/story-scores-of'
import { useFinishWord } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/flaw-tags'
import type { ShownLine } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/use-story-lines'

const storySchema = z.object({ text: z.string(), seed: z.number(), attempts: z.number(), latencyMs: z.number() })
type Whole = z.infer<typeof storySchema>

/** One story set for reading, under its premise, with how it came about. */
export function StoryText({ storyRunId, line, servedName }: { storyRunId: string; line: ShownLine; servedName: string | null }) {
  const t = useTranslations('stories')
  const format = useFormatter()
  const finish = useFinishWord()
  const [story, setStory] = useState<Whole | 'failed' | null>(null)
  useEffect(() => {
    const away = new AbortController()
    fetch(`/api/stories/${storyRunId}/rows/${line.id}`, { signal: away.signal })
      .then((response) => response.json())
      .then((answer) => setStory(storySchema.parse(answer)))
      .catch(() => {
        if (!away.signal.aborted) setStory('failed')
      })
    return () => away.abort()
  }, [storyRunId, line.id])

  if (story === null) return <p className="m-0 min-h-40 py-4 pl-6 text-muted">{t('storyReading')}</p>
  if (story === 'failed') return <p role="alert" className="m-0 py-4 pl-6 text-seal">{t('storyFailed')}</p>
  return (
    <div className="grid gap-4 px-2 pt-1 pb-6 sm:pl-6">
      <p lang="zh-CN" className="m-0 max-w-[36em] font-serif text-lg">
        {line.premise}
      </p>
      <Prose text={story.text} />
      <p className="m-0 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
        <span>{t('characters', { count: line.characters })}</span>
        {line.completionTokens !== null && <span>{t('tokensOf', { count: line.completionTokens })}</span>}
        <span>{finish(line.finishReason)}</span>
        <span>{t('tries', { count: story.attempts })}</span>
        <span>{t('seed', { seed: String(story.seed) })}</span>
        <span>{t('latency', { seconds: format.number(story.latencyMs / 1000, { maximumFractionDigits: 1 }) })}</span>
        {servedName !== null && <span>{t('servedAs', { name: servedName })}</span>}
        <CopyButton text={story.text} label={t('storyOf', { row: line.ordinal + 1 })} />
      </p>
      <StoryScoresOf storyRunId={storyRunId} storyId={line.id} />
    </div>
  )
}
