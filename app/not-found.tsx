import { getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'

export default async function NotFound() {
  const t = await getTranslator('ui')
  return (
    <main className="mx-auto max-w-[720px] p-6">
      <h1 className="m-0 text-xl font-semibold">{t('notFound')}</h1>
      <EmptyState action={<LinkButton href="/">{t('toProjects')}</LinkButton>}>{t('notFoundWhat')}</EmptyState>
    </main>
  )
}
