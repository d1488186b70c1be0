import type { Metadata } from 'next'
import { type ComparedQuery, PromptVersions } from '@/app/_prompts/prompt-versions'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { PageHead } from '@/app/_ui/page-head'
import { promptVersionsInUse } from '@/lib/stages/prompts/prompts'

type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<ComparedQuery> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('premises'))('versions') }
}

export default async function PromptVersionsPage({ params, searchParams }: Props) {
  const { projectId } = await params
  const [t, compared, versions] = await Promise.all([getTranslator('premises'), searchParams, promptVersionsInUse(projectId, 'premise')])
  const here = `/projects/${projectId}/premises`
  return (
    <ClientMessages areas={['prompts']}>
      <PageHead title={t('versions')} note={t('versionsNote')} actions={<LinkButton href={`${here}#order`}>{t('toEditor')}</LinkButton>} />
      {versions.length === 0 ? (
        <EmptyState action={<LinkButton kind="primary" href={`${here}#order`}>{t('toEditor')}</LinkButton>}>{t('noVersions')}</EmptyState>
      ) : (
        <PromptVersions projectId={projectId} versions={versions} compared={compared} restoreHref={(version) => `${here}?version=${version}#order`} />
      )}
    </ClientMessages>
  )
}
