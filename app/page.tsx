import { Frame } from '@/app/_ui/frame/frame'
import { PageHead } from '@/app/_ui/page-head'
import { getTranslator } from '@/app/_i18n/server'

export default async function ProjectsPage() {
  const t = await getTranslator('projects')
  return (
    <Frame projects={[]}>
      <PageHead title={t('title')} />
    </Frame>
  )
}
