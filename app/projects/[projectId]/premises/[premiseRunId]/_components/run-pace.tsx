import { JobProgress } from '@/app/_jobs/job-progress'
import { getTranslator } from '@/app/_i18n/server'
import { Bar, ProgressBar } from '@/app/_ui/progress-bar'
import type { PremiseRunFigures } from '@/lib/stages/premises/run-figures'
import type { PremiseCounts, PremiseRunWithJob } from '@/lib/stages/premises/premises'

/** How far a run is, and what is left at the pace of the last minute; a paused one says why it waits. */
export async function RunPace({ run, counts, figures }: { run: PremiseRunWithJob; counts: PremiseCounts; figures: PremiseRunFigures }) {
  const [t, jobs] = await Promise.all([getTranslator('premise-run'), getTranslator('jobs')])
  const { job } = run
  const done = counts.good + counts.refused + counts.failed
  const total = run.expected ?? run.passageSet.kept
  if (job.state === 'paused') {
    return (
      <div role="status" className="mb-5 grid gap-2 rounded-base border border-gamboge bg-raised p-4">
        <p className="m-0 font-semibold">{t(`paused.${job.pauseReason ?? 'asked'}`)}</p>
        <p className="m-0 text-muted">{t('pausedWhat', { done, left: total - done })}</p>
        <Bar label={t('decided')} share={total > 0 ? done / total : 0} />
      </div>
    )
  }
  if (job.state === 'running' && job.phase === 'writing') {
    const left = figures.decidedPerMinute > 0 ? ((total - done) / figures.decidedPerMinute) * 60_000 : null
    return (
      <div className="mb-5">
        <ProgressBar label={jobs('phase.writing')} done={done} total={total} startedAt={job.startedAt?.getTime()} left={left} />
      </div>
    )
  }
  if (job.state !== 'running' && job.state !== 'queued') return null
  return (
    <div className="mb-5">
      <JobProgress job={job} />
    </div>
  )
}
