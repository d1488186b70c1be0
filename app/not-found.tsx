import { connection } from 'next/server'
import { StudioFrame } from '@/app/_frame/studio-frame'
import { getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { PageHead } from '@/app/_ui/page-head'

export default async function NotFound() {
  await connection()
  const t = await getTranslator('ui')
  return (
    <StudioFrame>
      <PageHead title={t('notFound')} />
      <EmptyState action={<LinkButton href="/">{t('toProjects')}</LinkButton>}>{t('notFoundWhat')}</EmptyState>
    </StudioFrame>
  )
}
