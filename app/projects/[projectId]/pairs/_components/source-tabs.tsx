import { getTranslator } from '@/app/_i18n/server'
import { TabLinks } from '@/app/_ui/tab-links'
import type { SourceEntry } from '@/app/projects/[projectId]/pairs/_source'

const most = 12

/** Which run's or file's pairs are shown, where there are several. */
export async function SourceTabs({ projectId, sources, current }: { projectId: string; sources: readonly SourceEntry[]; current: SourceEntry }) {
  if (sources.length < 2) return null
  const t = await getTranslator('pairs')
  const shown = sources.slice(0, most)
  if (!shown.includes(current)) shown.push(current)
  return (
    <TabLinks
      label={t('sources')}
      links={shown.map((entry) => ({
        href: `/projects/${projectId}/pairs?${entry.query}`,
        label: entry.fileName === null ? t('fromRun', { ordinal: entry.ordinal }) : entry.fileName,
        current: entry === current,
      }))}
    />
  )
}
