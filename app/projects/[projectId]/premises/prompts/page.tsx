import type { Metadata } from 'next'
import { PromptDiff } from '@/app/_prompts/prompt-diff'
import { VersionList } from '@/app/_prompts/version-list'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { PageHead } from '@/app/_ui/page-head'
import { diffPrompts } from '@/lib/llm/prompt-diff'
import { premisePromptOf, promptVersionsInUse } from '@/lib/stages/prompts/prompts'

type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<{ from?: string; to?: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('premises'))('versions') }
}

export default async function PromptVersionsPage({ params, searchParams }: Props) {
  const { projectId } = await params
  const query = await searchParams
  const [t, prompts, versions] = await Promise.all([getTranslator('premises'), getTranslator('prompts'), promptVersionsInUse(projectId, 'premise')])
  const named = (number: string | undefined) => versions.find(({ version }) => String(version) === number)
  // Without a choice the newest is compared with the one before it.
  const to = named(query.to) ?? versions[0]
  const from = named(query.from) ?? versions[1]
  const here = `/projects/${projectId}/premises`
  return (
    <ClientMessages areas={['prompts']}>
      <PageHead title={t('versions')} note={t('versionsNote')} actions={<LinkButton href={`${here}#order`}>{t('toEditor')}</LinkButton>} />
      {versions.length === 0 ? (
        <EmptyState action={<LinkButton kind="primary" href={`${here}#order`}>{t('toEditor')}</LinkButton>}>{t('noVersions')}</EmptyState>
      ) : (
        <VersionList projectId={projectId} versions={versions} from={from?.version ?? null} to={to?.version ?? null} restoreHref={(version) => `${here}?version=${version}#order`} />
      )}
      {from && to && from.id !== to.id && (
        <section aria-labelledby="differences" className="mt-8 border-t border-line pt-6">
          <h2 id="differences" className="mt-0 mb-4 text-lg font-semibold">
            {prompts('differences', { from: from.version, to: to.version })}
          </h2>
          <PromptDiff parts={diffPrompts(premisePromptOf(from), premisePromptOf(to))} />
        </section>
      )}
    </ClientMessages>
  )
}
