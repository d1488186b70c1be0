import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { BudgetForm } from '@/app/projects/[projectId]/premises/[premiseRunId]/_components/budget-form'
import { ConcurrencySlider } from '@/app/projects/[projectId]/premises/[premiseRunId]/_components/concurrency-slider'
import { FailureReasons } from '@/app/projects/[projectId]/premises/[premiseRunId]/_components/failure-reasons'
import { OutcomeList } from '@/app/projects/[projectId]/premises/[premiseRunId]/_components/outcome-list'
import { PauseButtons } from '@/app/projects/[projectId]/premises/[premiseRunId]/_components/pause-buttons'
import { RunConfig } from '@/app/projects/[projectId]/premises/[premiseRunId]/_components/run-config'
import { RunFigures } from '@/app/projects/[projectId]/premises/[premiseRunId]/_components/run-figures'
import { RunPace } from '@/app/projects/[projectId]/premises/[premiseRunId]/_components/run-pace'
import { outcomeQueryOf } from '@/app/projects/[projectId]/premises/[premiseRunId]/_outcome-query'
import { CancelJob, RetryJob } from '@/app/_jobs/job-buttons'
import { JobFailure } from '@/app/_jobs/job-failure'
import { JobLog } from '@/app/_jobs/job-log'
import { JobStateTag } from '@/app/_jobs/job-state-tag'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getTranslator } from '@/app/_i18n/server'
import { Link } from '@/app/_ui/link'
import { NextStep } from '@/app/_ui/next-step'
import { PageHead } from '@/app/_ui/page-head'
import { Panel } from '@/app/_ui/panel'
import { premiseRunFigures } from '@/lib/stages/premises/run-figures'
import { findPremiseRun, premiseCounts, premiseRunSettings } from '@/lib/stages/premises/premises'

type Props = { params: Promise<{ projectId: string; premiseRunId: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { projectId, premiseRunId } = await params
  const [t, run] = await Promise.all([getTranslator('premise-run'), findPremiseRun(projectId, premiseRunId)])
  return { title: t('title', { ordinal: run?.ordinal ?? 0 }) }
}

export default async function PremiseRunPage({ params, searchParams }: Props) {
  const { projectId, premiseRunId } = await params
  const run = await findPremiseRun(projectId, premiseRunId)
  if (!run) notFound()
  const [t, counts, figures, given] = await Promise.all([getTranslator('premise-run'), premiseCounts(run.id), premiseRunFigures(run.id), searchParams])
  const { job } = run
  const name = t('title', { ordinal: run.ordinal })
  const settings = premiseRunSettings.safeParse(run.settings)
  const model = settings.success && settings.data.writer.kind === 'endpoint' ? settings.data.writer.model : run.model?.name
  const isOpen = job.state === 'running' || job.state === 'queued' || job.state === 'paused'
  const canGoOn = isOpen || job.state === 'failed' || job.state === 'cancelled'
  return (
    <ClientMessages areas={['premise-run', 'writer', 'jobs', 'pairs']}>
      <PageHead
        title={name}
        tags={<JobStateTag job={job} />}
        note={
          <>
            {[model, run.endpoint?.name, t('version', { version: run.promptVersion.version })].filter(Boolean).join(' · ')} · <Link href={`/projects/${projectId}/premises`}>{t('allRuns')}</Link>
          </>
        }
        actions={
          <>
            <PauseButtons run={run} />
            <CancelJob job={job} name={name} />
            {job.state === 'cancelled' && <RetryJob job={job} name={name} />}
          </>
        }
      />
      <JobFailure job={job} name={name} />
      <RunPace run={run} counts={counts} figures={figures} />
      <RunFigures run={run} counts={counts} figures={figures} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_300px]">
        <div className="grid min-w-0 gap-6">
          <OutcomeList run={run} counts={counts} query={outcomeQueryOf(given)} here={`/projects/${projectId}/premises/${run.id}`} />
        </div>
        <div className="grid min-w-0 gap-6">
          {canGoOn && settings.success && (
            <Panel title={t('steering')}>
              <div className="grid gap-5">
                <ConcurrencySlider projectId={projectId} premiseRunId={run.id} value={run.concurrency ?? settings.data.sampling.concurrency} live={job.state === 'running'} />
                <BudgetForm run={run} spent={figures.cost} />
              </div>
            </Panel>
          )}
          <FailureReasons run={run} counts={counts} />
          <RunConfig run={run} servedModels={figures.servedModels} />
          <Panel title={t('log')}>
            <JobLog jobId={job.id} running={job.state === 'running'} />
          </Panel>
        </div>
      </div>
      <NextStep href={`/projects/${projectId}/pairs?run=${run.ordinal}`} waiting={counts.good > 0 ? undefined : t('noPairsYet')}>
        {t('toPairs')}
      </NextStep>
    </ClientMessages>
  )
}
