import { getTranslator } from '@/app/_i18n/server'
import { TabLinks } from '@/app/_ui/tab-links'

/** The three sides of this stage: looking pairs through, frozen versions, files of pairs from elsewhere. */
export async function PairTabs({ projectId, current }: { projectId: string; current: 'review' | 'versions' | 'imports' }) {
  const t = await getTranslator('pairs')
  const here = `/projects/${projectId}/pairs`
  const links = [
    { side: 'review', href: here },
    { side: 'versions', href: `${here}/versions` },
    { side: 'imports', href: `${here}/imports` },
  ] as const
  return <TabLinks label={t('sides')} links={links.map(({ side, href }) => ({ href, label: t(`side.${side}`), current: side === current }))} />
}
