import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CancelJob, RetryJob } from '@/app/_jobs/job-buttons'
import { JobFailure } from '@/app/_jobs/job-failure'
import { JobLog } from '@/app/_jobs/job-log'
import { JobProgress } from '@/app/_jobs/job-progress'
import { JobStateTag } from '@/app/_jobs/job-state-tag'
import { KeptResults } from '@/app/_plays/kept-results'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { NextStep } from '@/app/_ui/next-step'
import { PageHead } from '@/app/_ui/page-head'
import { Panel } from '@/app/_ui/panel'
import { Tag } from '@/app/_ui/tag'
import { MakeSubmission } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/make-submission'
import { PauseWriting } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/pause-writing'
import { PreviewPanel } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/preview-panel'
import { RewritePanel } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/rewrite-panel'
import { RunAddresses } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/run-addresses'
import { StoryRunConfig } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/run-config'
import { RunFigures, RunFindings } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/run-figures'
import { ScoresPanel } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/scores-panel'
import { StoryRows } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/story-rows'
import { writerName } from '@/app/projects/[projectId]/stories/_writer-name'
import { findStoryRun, isEmptyFile } from '@/lib/stages/stories/stories'

type Props = { params: Promise<{ projectId: string; storyRunId: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { projectId, storyRunId } = await params
  const [t, run] = await Promise.all([getTranslator('stories'), findStoryRun(projectId, storyRunId)])
  return { title: run ? t('run', { ordinal: run.ordinal }) : t('title') }
}

export default async function StoryRunPage({ params }: Props) {
  const { projectId, storyRunId } = await params
  const run = await findStoryRun(projectId, storyRunId)
  if (!run) notFound()
  const [t, tries, playground] = await Promise.all([getTranslator('stories'), getTranslator('story-tries'), getTranslator('playground')])
  const { job } = run
  const name = t('run', { ordinal: run.ordinal })
  const isPreview = run.previewRows.length > 0
  const isEmpty = isEmptyFile(run)
  const isFinished = job.state === 'succeeded' && !isPreview && !isEmpty
  const canWrite = isFinished && run.promptVersionId !== null
  const live = job.state === 'running' || job.state === 'queued'
  return (
    <ClientMessages areas={['stories', 'story-tries', 'scores', 'jobs', 'playground']}>
      <PageHead
        title={name}
        tags={<>{isEmpty ? <Tag kind="bad">{tries('emptyFile')}</Tag> : <JobStateTag job={job} />}{isPreview && <Tag>{tries('previewTag')}</Tag>}</>}
        note={`${writerName(run)} · ${run.testFile.upload.fileName}`}
        actions={
          <>
            {run.promptVersionId !== null && <PauseWriting projectId={projectId} job={job} />}
            <CancelJob job={job} name={name} />
            {job.state === 'cancelled' && <RetryJob job={job} name={name} />}
            {run.promptVersionId !== null && <LinkButton href={`/projects/${projectId}/stories/playground?run=${run.id}`}>{playground('open')}</LinkButton>}
          </>
        }
      />
      <JobFailure job={job} name={name} />
      {live && (
        <div className="mb-5">
          <JobProgress job={job} />
        </div>
      )}
      <RunFigures run={run} />
      {isPreview && <PreviewPanel run={run} />}
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_300px]">
        <div className="grid min-w-0 gap-6">
          <StoryRows run={{ projectId, storyRunId: run.id, servedName: run.servedName, canWrite }} running={live} />
          <ScoresPanel run={run} />
          <Panel title={t('log')}>
            <JobLog jobId={job.id} running={job.state === 'running'} />
          </Panel>
        </div>
        <div className="grid min-w-0 gap-6">
          <MakeSubmission projectId={projectId} storyRunId={run.id} finished={isFinished} />
          <RunFindings run={run} />
          <RunAddresses run={run} />
          {canWrite && <RewritePanel run={run} />}
          <StoryRunConfig run={run} />
          <KeptResults projectId={projectId} on={{ kind: 'story', id: run.id }} />
        </div>
      </div>
      <NextStep href={`/projects/${projectId}/submissions`} waiting={isFinished ? undefined : isEmpty ? tries('emptyFileWhat') : t('unfinished')}>
        {t('toSubmissions')}
      </NextStep>
    </ClientMessages>
  )
}
