import type { Metadata } from 'next'
import { PremiseForm } from '@/app/projects/[projectId]/premises/_components/premise-form'
import { RunResults, shown } from '@/app/projects/[projectId]/premises/_components/run-results'
import { beginningOf, presetEntries } from '@/app/projects/[projectId]/premises/_beginning'
import { CancelJob, RetryJob } from '@/app/_jobs/job-buttons'
import { JobFailure } from '@/app/_jobs/job-failure'
import { JobProgress } from '@/app/_jobs/job-progress'
import { JobStateTag } from '@/app/_jobs/job-state-tag'
import { settingSpecs } from '@/app/_settings/setting-spec'
import { writerOptions } from '@/app/_writer/writer-options'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { errorLocale } from '@/app/_i18n/locale'
import { getLocale, getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { NextStep } from '@/app/_ui/next-step'
import { PageHead } from '@/app/_ui/page-head'
import { TabLinks } from '@/app/_ui/tab-links'
import { premiseSampling } from '@/lib/settings/premises'
import { listPassageSets } from '@/lib/stages/passages'
import { listPremiseRuns } from '@/lib/stages/premises'
import { listPromptVersions } from '@/lib/stages/prompts'

type Query = { run?: string; version?: string; set?: string; filter?: string; page?: string }
type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<Query> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('premises'))('title') }
}

export default async function PremisesPage({ params, searchParams }: Props) {
  const { projectId } = await params
  const query = await searchParams
  const [t, locale, allSets, runs, versions, writers] = await Promise.all([
    getTranslator('premises'),
    getLocale(),
    listPassageSets(projectId),
    listPremiseRuns(projectId),
    listPromptVersions(projectId, 'premise'),
    writerOptions(),
  ])
  const sets = allSets.filter((each) => each.job.state === 'succeeded')
  const set = sets.find((each) => String(each.ordinal) === query.set) ?? sets[0]
  const run = runs.find((each) => String(each.ordinal) === query.run) ?? runs[0]
  const version = versions.find((each) => String(each.version) === query.version) ?? versions[0]
  const here = `/projects/${projectId}/premises`
  if (!set) {
    return (
      <>
        <PageHead title={t('title')} />
        <EmptyState action={<LinkButton kind="primary" href={`/projects/${projectId}/passages`}>{t('toPassages')}</LinkButton>}>{t('empty')}</EmptyState>
      </>
    )
  }
  const name = run ? t('run', { ordinal: run.ordinal }) : ''
  return (
    <ClientMessages areas={['premises', 'pairs', 'prompts', 'writer', 'settings']}>
      <PageHead title={t('title')} note={t('note', { count: set.kept })} actions={run && <LinkButton href="#order">{t('again')}</LinkButton>} />
      {run && (
        <section aria-labelledby="run" className="mb-10">
          <h2 id="run" className="mt-0 mb-3 flex flex-wrap items-center gap-3 text-lg font-semibold">
            {name} <JobStateTag job={run.job} />
            <span className="text-base font-normal text-muted">
              {[run.model?.name ?? run.endpoint?.name, t('version', { version: run.promptVersion.version }), t('fromSet', { ordinal: run.passageSet.ordinal })].filter(Boolean).join(' · ')}
            </span>
            <span className="ml-auto flex gap-2 text-base font-normal">
              <CancelJob job={run.job} name={name} small />
              {run.job.state === 'cancelled' && <RetryJob job={run.job} name={name} small />}
            </span>
          </h2>
          {runs.length > 1 && <TabLinks label={t('runs')} links={runs.slice(0, 12).map((each) => ({ href: `${here}?run=${each.ordinal}`, label: t('run', { ordinal: each.ordinal }), current: each.id === run.id }))} />}
          <JobFailure job={run.job} name={name} />
          <div className="mb-5">
            <JobProgress job={run.job} />
          </div>
          <RunResults run={run} filter={shown.find((each) => each === query.filter) ?? 'all'} page={Math.max(1, Number(query.page) || 1)} href={({ filter, page }) => `${here}?run=${run.ordinal}&filter=${filter}${page ? `&page=${page}` : ''}`} />
        </section>
      )}
      <section aria-labelledby="order" className={run ? 'border-t border-line pt-6' : undefined}>
        <h2 id="order" className="mt-0 mb-4 text-lg font-semibold">
          {run ? t('again') : t('first')}
        </h2>
        {versions.length > 1 && <TabLinks label={t('versions')} links={versions.slice(0, 12).map((each) => ({ href: `${here}?version=${each.version}#order`, label: t('version', { version: each.version }), current: each.id === version?.id }))} />}
        <PremiseForm
          // Another version is another beginning; a save is none, and leaves alone what else was typed.
          key={query.version ?? 'newest'}
          projectId={projectId}
          passageSetId={set.id}
          passages={set.kept}
          beginning={beginningOf(version, runs[0])}
          version={version?.version ?? null}
          isChosen={query.version !== undefined}
          presets={await presetEntries()}
          specs={settingSpecs(premiseSampling, errorLocale(locale))}
          writers={writers}
        />
      </section>
      {runs.some((each) => each.job.state === 'succeeded') && <NextStep href={`/projects/${projectId}/pairs`}>{t('toPairs')}</NextStep>}
    </ClientMessages>
  )
}
