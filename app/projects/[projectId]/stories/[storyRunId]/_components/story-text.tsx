'use client'

import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { CopyButton } from '@/app/_ui/copy-button'
import { Link } from '@/app/_ui/link'
import { Prose } from '@/app/_ui/prose'
import { useFinishWord } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/flaw-tags'
import { StoryEdit } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/story-edit'
import { TryButtons } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/try-buttons'
import { TryStrip } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/try-strip'
import { useStory } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/use-story'
import type { ShownLine } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/use-story-lines'

/** The run that a story is of, as the reader needs it. `canWrite`: its writer can be asked for more. */
export type RunOfStory = { projectId: string; storyRunId: string; servedName: string | null; canWrite: boolean }

/** One story set for reading, under its premise, with how it came about, its other tries, and what can be done with it. */
export function StoryText({ run, line }: { run: RunOfStory; line: ShownLine }) {
  const t = useTranslations('stories')
  const playground = useTranslations('playground')
  const format = useFormatter()
  const finish = useFinishWord()
  const story = useStory(run.storyRunId, line.id, line.attempts)
  const [looking, setLooking] = useState<number | null>(null)
  const [editing, setEditing] = useState(false)

  if (story === null) return <p className="m-0 min-h-40 py-4 pl-6 text-muted">{t('storyReading')}</p>
  if (story === 'failed') return <p role="alert" className="m-0 py-4 pl-6 text-seal">{t('storyFailed')}</p>
  const shown = story.tries.find(({ number }) => number === (looking ?? story.tryNumber)) ?? story.tries.find(({ number }) => number === story.tryNumber)
  if (!shown) return <p role="alert" className="m-0 py-4 pl-6 text-seal">{t('storyFailed')}</p>
  const place = { projectId: run.projectId, storyRunId: run.storyRunId, row: line.ordinal }
  return (
    <div className="grid gap-4 px-2 pt-1 pb-6 sm:pl-6">
      <p lang="zh-CN" className="m-0 max-w-[36em] font-serif text-lg">
        {line.premise}
      </p>
      {story.tries.length > 1 && <TryStrip story={story} shown={shown.number} onShow={setLooking} label={t('storyOf', { row: line.ordinal + 1 })} />}
      {editing ? (
        <StoryEdit place={place} madeOf={story.tryNumber} text={story.text} row={line.ordinal + 1} onEnd={() => setEditing(false)} />
      ) : (
        <>
          <Prose text={shown.text} />
          <p className="m-0 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
            <span>{t('characters', { count: shown.characters })}</span>
            {shown.completionTokens !== null && <span>{t('tokensOf', { count: shown.completionTokens })}</span>}
            <span>{finish(shown.finishReason)}</span>
            <span>{t('tries', { count: shown.number })}</span>
            {/* A person's text was written by no server. */}
            {shown.kind !== 'edited' && (
              <>
                <span>{t('seed', { seed: String(shown.seed) })}</span>
                <span>{t('latency', { seconds: format.number(shown.latencyMs / 1000, { maximumFractionDigits: 1 }) })}</span>
                {run.servedName !== null && <span>{t('servedAs', { name: run.servedName })}</span>}
              </>
            )}
            <CopyButton text={shown.text} label={t('storyOf', { row: line.ordinal + 1 })} />
            <Link href={`/projects/${run.projectId}/stories/playground?run=${run.storyRunId}&row=${story.testRowId}`} className="text-ink underline decoration-line underline-offset-4 hover:decoration-current">{playground('playRow')}</Link>
          </p>
          <TryButtons
            place={place}
            story={story}
            shown={shown}
            canWrite={run.canWrite}
            onEdit={() => {
              setLooking(null)
              setEditing(true)
            }}
          />
        </>
      )}
    </div>
  )
}
