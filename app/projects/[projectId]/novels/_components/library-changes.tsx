import { reviseByFilter, takeBackDecision, takeBackRun } from '@/app/projects/[projectId]/novels/bulk-actions'
import { decisionWords, runWords } from '@/app/projects/[projectId]/novels/_library-words'
import { errorSentence } from '@/app/_i18n/error-sentence'
import { getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { LocalTime } from '@/app/_ui/local-time'
import { ProgressBar } from '@/app/_ui/progress-bar'
import { SubmitButton } from '@/app/_ui/submit-button'
import { lastDecision } from '@/lib/stages/novels/decisions'
import { progressOf } from '@/lib/stages/jobs'
import { countStaleChapters } from '@/lib/stages/novels/measure-chapters'
import { listRevisionRuns, type RevisionRunWithJob } from '@/lib/stages/novels/revision-runs'

const shown = 3

/** What was last done to many novels at once, each with its undoing; and what is still to be measured. */
export async function LibraryChanges({ projectId }: { projectId: string }) {
  const [t, reading, decision, runs, stale] = await Promise.all([getTranslator('library'), getTranslator('reading'), lastDecision(projectId), listRevisionRuns(projectId, shown), countStaleChapters(projectId)])
  const isMeasuring = runs.some(({ settings, job }) => settings.kind === 'measure' && (job.state === 'queued' || job.state === 'running'))
  if (!decision && runs.length === 0 && stale === 0) return null
  return (
    <ul aria-label={t('recent')} className="m-0 mb-3 grid list-none gap-1.5 p-0 text-sm">
      {stale > 0 && !isMeasuring && (
        <li className="flex flex-wrap items-center gap-3">
          <span className="text-gamboge-text">{t('stale', { chapters: stale })}</span>
          <ActionForm action={reviseByFilter} values={{ projectId, kind: 'measure' }}>
            <SubmitButton small>{t('measure')}</SubmitButton>
          </ActionForm>
        </li>
      )}
      {decision && (
        <li className="flex flex-wrap items-center gap-3">
          <span>{decisionWords(t, await getTranslator('novels'), decision)}</span>
          <span className="text-xs text-muted">
            <LocalTime at={decision.madeAt.toISOString()} />
          </span>
          <ActionForm action={takeBackDecision} values={{ projectId, decisionId: decision.id }}>
            <SubmitButton small>{reading('undo')}</SubmitButton>
          </ActionForm>
        </li>
      )}
      {runs.map((run) => (
        <li key={run.id} className="flex flex-wrap items-center gap-3">
          <RunLine projectId={projectId} run={run} />
        </li>
      ))}
    </ul>
  )
}

async function RunLine({ projectId, run }: { projectId: string; run: RevisionRunWithJob }) {
  const [t, reading] = await Promise.all([getTranslator('library'), getTranslator('reading')])
  const { job } = run
  const failed = job.state === 'failed' ? await errorSentence(job.errorCode, job.errorParams, job.errorText) : null
  return (
    <>
      <span>{runWords(t, reading, run.settings, run.novels)}</span>
      <span className="text-xs text-muted">
        <LocalTime at={run.createdAt.toISOString()} />
      </span>
      {job.state === 'running' && <ProgressBar label={t('running')} done={job.progressDone} total={job.progressTotal} startedAt={job.startedAt?.getTime()} left={progressOf(job).remainingMs} />}
      {job.state === 'queued' && <span className="text-muted">{t('queued')}</span>}
      {job.state === 'cancelled' && <span className="text-muted">{t('cancelled')}</span>}
      {failed && <span className="text-seal">{failed}</span>}
      {run.novels > run.undone && job.state !== 'running' && (
        <ActionForm action={takeBackRun} values={{ projectId, runId: run.id }}>
          <SubmitButton small>{reading('undo')}</SubmitButton>
        </ActionForm>
      )}
      {run.undone > 0 && <span className="text-muted">{t('partUndone', { novels: run.undone })}</span>}
    </>
  )
}
