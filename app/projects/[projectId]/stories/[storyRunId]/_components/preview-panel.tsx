import { getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { Panel } from '@/app/_ui/panel'
import { Prose } from '@/app/_ui/prose'
import { SubmitButton } from '@/app/_ui/submit-button'
import { writeAllRows } from '@/app/projects/[projectId]/stories/[storyRunId]/actions'
import { FlawTags } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/flaw-tags'
import { clock } from '@/lib/clock'
import { forecastWhole } from '@/lib/stages/stories/forecast'
import { previewStories } from '@/lib/stages/stories/preview'
import type { StoryRunWithJob } from '@/lib/stages/stories/stories'

/** A preview's stories in full, how long the whole would take, and the button that has it written. */
export async function PreviewPanel({ run }: { run: StoryRunWithJob }) {
  const [t, stories, written, forecast] = await Promise.all([getTranslator('story-tries'), getTranslator('stories'), previewStories(run.id), forecastWhole(run)])
  const isEnded = run.job.state === 'succeeded' || run.job.state === 'failed' || run.job.state === 'cancelled'
  return (
    <Panel title={t('previewTitle')} aside={<span className="text-sm text-muted">{t('previewOf', { done: written.length, total: run.previewRows.length })}</span>} className="mb-6">
      <p className="mt-0 mb-4 max-w-[44em] text-muted">{t('previewWhat')}</p>
      {isEnded && written.length > 0 && (
        <ActionForm action={writeAllRows} values={{ projectId: run.projectId, storyRunId: run.id }} label={t('writeAll', { rows: run.testFile.rowCount })} className="mb-6">
          {forecast && <p className="m-0 text-sm">{forecastWords(forecast)}</p>}
          <div>
            <SubmitButton kind="primary">{t('writeAll', { rows: run.testFile.rowCount })}</SubmitButton>
          </div>
        </ActionForm>
      )}
      <div className="grid gap-6">
        {written.map((story) => (
          <article key={story.ordinal} className="grid gap-2 border-t border-line pt-4">
            <h3 className="m-0 flex flex-wrap items-baseline gap-x-3 gap-y-1 text-base font-semibold">
              <span className="text-sm text-muted">{stories('row', { row: story.ordinal + 1 })}</span>
              <span lang="zh-CN" className="font-serif">{story.premise}</span>
              <FlawTags flaws={story.flaws} refused={story.outcome === 'refused'} />
              <span className="text-sm font-normal text-muted">{stories('characters', { count: story.characters })}</span>
            </h3>
            <Prose text={story.text} />
          </article>
        ))}
      </div>
    </Panel>
  )

  function forecastWords({ rows, ms, tokens, by }: NonNullable<typeof forecast>): string {
    const told = { time: clock(ms), rows, tokens }
    return by.kind === 'run' ? t('forecastByRun', { ...told, ordinal: by.ordinal, speed: Math.round(by.tokensPerSecond) }) : t('forecastByPreview', told)
  }
}
