import { Columns3, Copy } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CancelJob, RetryJob } from '@/app/_jobs/job-buttons'
import { JobFailure } from '@/app/_jobs/job-failure'
import { JobLog } from '@/app/_jobs/job-log'
import { JobProgress } from '@/app/_jobs/job-progress'
import { JobStateTag } from '@/app/_jobs/job-state-tag'
import { KeptResults } from '@/app/_plays/kept-results'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { ConfirmDialog } from '@/app/_ui/confirm-dialog'
import { NextStep } from '@/app/_ui/next-step'
import { PageHead } from '@/app/_ui/page-head'
import { Panel } from '@/app/_ui/panel'
import { stopAndKeepRun } from '@/app/projects/[projectId]/training/actions'
import { ContinueRun } from '@/app/projects/[projectId]/training/[runId]/_components/continue-run'
import { LiveRun } from '@/app/projects/[projectId]/training/[runId]/_components/live-run'
import { RunConfig } from '@/app/projects/[projectId]/training/[runId]/_components/run-config'
import { RunOutcome } from '@/app/projects/[projectId]/training/[runId]/_components/run-outcome'
import { RunWords } from '@/app/projects/[projectId]/training/[runId]/_components/run-words'
import { WrittenSamples } from '@/app/projects/[projectId]/training/[runId]/_components/written-samples'
import { runTitle } from '@/app/projects/[projectId]/training/_components/run-title'
import { trainingSettings } from '@/lib/settings/training'
import { progressOf } from '@/lib/stages/jobs'
import { readTrainingRun, type TrainingRunWithJob } from '@/lib/stages/training/training'

type Props = { params: Promise<{ projectId: string; runId: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, run] = await Promise.all([getTranslator('training'), readTrainingRun((await params).runId)])
  return { title: run ? runTitle(t, run) : t('title') }
}

export default async function TrainingRunPage({ params }: Props) {
  const { projectId, runId } = await params
  const run = await readTrainingRun(runId)
  if (run?.projectId !== projectId) notFound()
  const [t, playground, { number }] = await Promise.all([getTranslator('training'), getTranslator('playground'), getFormatter()])
  const { job, datasetVersion, continues, continuesStep } = run
  const note = [
    run.baseModel.name,
    t('datasetOf', { ordinal: datasetVersion.ordinal, pairs: number(datasetVersion.trainingPairs) }),
    ...(continuesStep === null ? [] : [t('continuesFrom', { run: continues ? runTitle(t, continues) : '–', step: continuesStep }), t('continuedRate.goesOn', { rate: run.continuesRate ?? 'stretched', from: run.continuesFrom === null ? '–' : run.continuesFrom.toExponential(1) })]),
  ].join(' · ')
  const name = runTitle(t, run)
  const canKeep = job.state === 'running' && job.stopRequest === 'none'
  return (
    <ClientMessages areas={['training', 'jobs']}>
      <PageHead
        title={name}
        tags={<JobStateTag job={job} early={run.stoppedEarly && job.state === 'succeeded'} />}
        note={note}
        actions={
          <>
            <CancelJob job={job} name={name} />
            {canKeep && (
              <ConfirmDialog triggerKind="plain" trigger={t('stopAndKeep')} title={t('stopAndKeep')} confirm={t('stopAndKeep')} action={stopAndKeepRun} values={{ projectId, runId }}>
                <p className="m-0">{t('stopAndKeepWhat')}</p>
              </ConfirmDialog>
            )}
            {job.state === 'cancelled' && <RetryJob job={job} name={name} />}
            {run.adapter && !run.adapter.deletedAt && (
              <LinkButton href={`/projects/${projectId}/stories/playground?adapter=${run.adapter.id}`}>
                <Columns3 size={16} aria-hidden />
                {playground('tryIt')}
              </LinkButton>
            )}
            <LinkButton href={`/projects/${projectId}/training?from=${run.id}#new-run`}>
              <Copy size={16} aria-hidden />
              {t('clone')}
            </LinkButton>
          </>
        }
      />
      <JobFailure job={job} name={name} />
      {(job.state === 'queued' || (job.state === 'running' && job.phase !== 'training')) && (
        <div className="mb-5">
          <JobProgress job={job} />
        </div>
      )}
      <LiveRun
        runId={run.id}
        name={`run-${run.ordinal}`}
        standing={standingOf(run)}
        below={
          <>
            <WrittenSamples runId={run.id} running={job.state === 'running' || job.state === 'queued'} />
            <Panel title={t('log')}>
              <JobLog jobId={job.id} running={job.state === 'running'} />
            </Panel>
          </>
        }
        aside={
          <>
            <RunOutcome run={run} />
            <ContinueRun run={run} />
            <RunConfig run={run} />
            <RunWords run={run} />
            <KeptResults projectId={projectId} on={{ kind: 'training', id: run.id }} />
          </>
        }
      />
      <NextStep href={`/projects/${projectId}/stories`} waiting={run.adapter?.mergedModel?.sha256 ? undefined : run.adapter ? t('mergeFirst') : t('trainFirst')}>
        {t('toStories')}
      </NextStep>
    </ClientMessages>
  )
}

function standingOf({ job, settings, datasetVersion, checkpoints }: TrainingRunWithJob) {
  const known = trainingSettings.safeParse(settings)
  const pairsAStep = known.success ? known.data.batchSize * known.data.accumulation : 0
  return {
    running: job.state === 'running',
    isCut: (job.state === 'cancelled' || job.state === 'failed') && job.startedAt !== null,
    keptStep: checkpoints[0]?.step ?? null,
    done: job.progressDone,
    total: job.progressTotal,
    startedAt: job.startedAt?.getTime() ?? null,
    finishedAt: job.finishedAt?.getTime() ?? null,
    left: progressOf(job).remainingMs,
    stepsPerEpoch: pairsAStep > 0 ? Math.ceil(datasetVersion.trainingPairs / pairsAStep) : 0,
  }
}
