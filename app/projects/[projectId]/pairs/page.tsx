import type { Metadata } from 'next'
import { FreezeForm } from '@/app/projects/[projectId]/pairs/_components/freeze-form'
import { PairList, views } from '@/app/projects/[projectId]/pairs/_components/pair-list'
import { VersionList } from '@/app/projects/[projectId]/pairs/_components/version-list'
import { settingSpecs } from '@/app/_settings/setting-spec'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { errorLocale } from '@/app/_i18n/locale'
import { getLocale, getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { NextStep } from '@/app/_ui/next-step'
import { PageHead } from '@/app/_ui/page-head'
import { TabLinks } from '@/app/_ui/tab-links'
import { pairSettings } from '@/lib/settings/pairs'
import { presets } from '@/lib/settings/presets'
import { type DatasetVersionWithJob, listDatasetVersions, pairCounts, pairFilter } from '@/lib/stages/pairs'
import { listPremiseRuns } from '@/lib/stages/premises'

type Query = { run?: string; filter?: string; view?: string; page?: string }
type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<Query> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('pairs'))('title') }
}

export default async function PairsPage({ params, searchParams }: Props) {
  const { projectId } = await params
  const query = await searchParams
  const [t, premises, locale, runs, versions] = await Promise.all([
    getTranslator('pairs'),
    getTranslator('premises'),
    getLocale(),
    listPremiseRuns(projectId),
    listDatasetVersions(projectId),
  ])
  const run = runs.find((each) => String(each.ordinal) === query.run) ?? runs[0]
  if (!run) {
    return (
      <>
        <PageHead title={t('title')} />
        <EmptyState action={<LinkButton kind="primary" href={`/projects/${projectId}/premises`}>{t('toPremises')}</LinkButton>}>{t('empty')}</EmptyState>
      </>
    )
  }
  const counts = await pairCounts(run.id)
  const here = `/projects/${projectId}/pairs`
  const running = run.job.state === 'running' || run.job.state === 'queued'
  return (
    <ClientMessages areas={['pairs', 'settings']}>
      <PageHead title={t('title')} note={t('note', counts)} />
      {runs.length > 1 && <TabLinks label={premises('runs')} links={runs.slice(0, 12).map((each) => ({ href: `${here}?run=${each.ordinal}`, label: premises('run', { ordinal: each.ordinal }), current: each.id === run.id }))} />}
      <section aria-labelledby="versions" className="mb-10">
        <h2 id="versions" className="mt-0 mb-3 text-lg font-semibold">
          {t('versions')}
        </h2>
        <p className="mt-0 mb-4 max-w-[44em] text-muted">{running ? t('stillRunning') : t('freezeWhat')}</p>
        <FreezeForm projectId={projectId} premiseRunId={run.id} specs={settingSpecs(pairSettings, errorLocale(locale))} beginning={beginningOf(versions)} />
        {versions.length > 0 && (
          <div className="mt-6">
            <VersionList versions={versions} />
          </div>
        )}
      </section>
      <section aria-labelledby="pairs">
        <h2 id="pairs" className="mt-0 scroll-mt-20 mb-3 text-lg font-semibold">
          {t('pairs')}
        </h2>
        <PairList
          projectId={projectId}
          runId={run.id}
          filter={pairFilter.catch('all').parse(query.filter)}
          view={views.find((each) => each === query.view) ?? 'list'}
          page={Math.max(1, Number(query.page) || 1)}
          href={({ filter, view, page }) => `${here}?run=${run.ordinal}&filter=${filter}&view=${view}${page ? `&page=${page}` : ''}#pairs`}
        />
      </section>
      {versions.some((version) => version.sha256 !== null) && <NextStep href={`/projects/${projectId}/training`}>{t('toTraining')}</NextStep>}
    </ClientMessages>
  )
}

/** As the last version was frozen, else as the starter preset has it. */
function beginningOf(versions: readonly DatasetVersionWithJob[]) {
  const last = pairSettings.safeParse(versions[0]?.settings)
  return last.success ? last.data : presets.starter.pairs
}
