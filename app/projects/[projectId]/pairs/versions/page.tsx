import type { Metadata } from 'next'
import { PairTabs } from '@/app/projects/[projectId]/pairs/_components/pair-tabs'
import { sourcesOf } from '@/app/projects/[projectId]/pairs/_source'
import { FreezeForm } from '@/app/projects/[projectId]/pairs/versions/_components/freeze-form'
import { VersionList } from '@/app/projects/[projectId]/pairs/versions/_components/version-list'
import { settingSpecs } from '@/app/_settings/setting-spec'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { errorLocale } from '@/app/_i18n/locale'
import { getLocale, getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { NextStep } from '@/app/_ui/next-step'
import { PageHead } from '@/app/_ui/page-head'
import { pairSettings } from '@/lib/settings/pairs'
import { presets } from '@/lib/settings/presets'
import { pairCheckStanding } from '@/lib/stages/pairs/checks'
import { checkStateOf } from '@/lib/stages/pairs/check-state'
import { type DatasetVersionWithJob, listDatasetVersions } from '@/lib/stages/pairs/datasets'
import { filterOf } from '@/lib/stages/pairs/filter'
import { countPairs } from '@/lib/stages/pairs/table'

type Props = { params: Promise<{ projectId: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('pairs'))('versions') }
}

export default async function VersionsPage({ params }: Props) {
  const { projectId } = await params
  const [t, locale, sources, versions] = await Promise.all([getTranslator('pairs'), getLocale(), sourcesOf(projectId), listDatasetVersions(projectId)])
  const options = await Promise.all(
    sources.map(async ({ source, ordinal, fileName }) => ({
      name: `${source.kind}:${source.id}`,
      label: fileName ?? t('fromRun', { ordinal }),
      pairs: await countPairs(source, filterOf(new URLSearchParams())),
      check: checkStateOf(await pairCheckStanding(projectId, source)),
    })),
  )
  const filled = options.filter(({ pairs }) => pairs > 0)
  const first = filled[0]
  return (
    <ClientMessages areas={['pairs', 'settings']}>
      <PageHead title={t('title')} />
      <PairTabs projectId={projectId} current="versions" />
      {first ? (
        <section aria-label={t('freeze')} className="mb-10">
          <p className="mt-0 mb-4 max-w-[44em] text-muted">{sources.some(({ isReading }) => isReading) ? t('stillRunning') : t('freezeWhat')}</p>
          <FreezeForm projectId={projectId} sources={filled} chosen={[first.name]} specs={settingSpecs(pairSettings, errorLocale(locale))} beginning={beginningOf(versions)} />
        </section>
      ) : (
        <EmptyState action={<LinkButton kind="primary" href={`/projects/${projectId}/premises`}>{t('toPremises')}</LinkButton>}>{t('empty')}</EmptyState>
      )}
      {versions.length > 0 && (
        <section aria-labelledby="versions">
          <h2 id="versions" className="mt-0 mb-3 text-lg font-semibold">
            {t('versions')}
          </h2>
          <VersionList projectId={projectId} versions={versions} />
        </section>
      )}
      {versions.some((version) => version.sha256 !== null) && <NextStep href={`/projects/${projectId}/training`}>{t('toTraining')}</NextStep>}
    </ClientMessages>
  )
}

/** As the last version was frozen, else as the starter preset has it. */
function beginningOf(versions: readonly DatasetVersionWithJob[]) {
  const last = pairSettings.safeParse({ ...presets.starter.pairs, ...Object(versions[0]?.settings) })
  return last.success ? last.data : presets.starter.pairs
}
