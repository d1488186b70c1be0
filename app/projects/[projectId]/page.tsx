import { JobStateTag } from '@/app/_jobs/job-state-tag'
import { Link } from '@/app/_ui/link'
import { notFound } from 'next/navigation'
import { getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { PageHead } from '@/app/_ui/page-head'
import { Bar } from '@/app/_ui/progress-bar'
import { Tag } from '@/app/_ui/tag'
import { projectStanding, type StageStanding } from '@/lib/stages/overview'
import { findProject } from '@/lib/stages/projects'

export default async function OverviewPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params
  const project = await findProject(projectId)
  if (!project) notFound()
  const [t, frame, standing] = await Promise.all([getTranslator('projects'), getTranslator('frame'), projectStanding(projectId)])
  const next = nextStage(standing)
  return (
    <>
      <PageHead title={project.name} note={t('overview')} />
      <section aria-labelledby="now" className="mb-8 grid justify-items-start gap-3">
        <h2 id="now" className="m-0 text-base font-semibold">
          {t('nowTitle')}
        </h2>
        <p className="m-0 max-w-[40em] text-muted">{next ? t(`todoWhy.${next.stage}`) : t('allDone')}</p>
        <LinkButton kind="primary" href={`/projects/${projectId}/${next?.stage ?? 'submissions'}`}>
          {next ? t(`todo.${next.stage}`) : frame('stage.submissions')}
        </LinkButton>
      </section>
      <ol className="m-0 list-none border-t border-line p-0">
        {standing.map(({ stage, count, live, failed }, at) => (
          <li key={stage} className="border-b border-line">
            <Link href={`/projects/${projectId}/${stage}`} className="grid grid-cols-[24px_minmax(6em,10em)_1fr] items-center gap-x-3 py-3 text-ink no-underline hover:bg-wash">
              <span className="text-xs text-muted">{at + 1}</span>
              <span className="font-semibold">{frame(`stage.${stage}`)}</span>
              <span className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted">
                <span>{count > 0 ? t(`has.${stage}`, { count }) : t('nothing')}</span>
                {live?.state === 'queued' && <Tag>{t('waiting')}</Tag>}
                {live?.state === 'running' && (
                  <>
                    <span>{t('running', { share: live.progressTotal > 0 ? live.progressDone / live.progressTotal : 0 })}</span>
                    <Bar label={frame(`stage.${stage}`)} share={live.progressTotal > 0 ? live.progressDone / live.progressTotal : 0} className="w-32" />
                  </>
                )}
                {failed && !live && <JobStateTag job={failed} />}
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </>
  )
}

/** The stage to go to: one whose last job failed, else the first that has nothing and does nothing. */
function nextStage(standing: readonly StageStanding[]): StageStanding | undefined {
  return standing.find(({ failed, live, count }) => failed && !live && count === 0) ?? standing.find(({ count }) => count === 0)
}
