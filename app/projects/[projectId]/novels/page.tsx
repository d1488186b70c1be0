import type { Metadata } from 'next'
import { currentPassageSettings } from '@/app/projects/[projectId]/_current-passage-settings'
import { BulkBar } from '@/app/projects/[projectId]/novels/_components/bulk-bar'
import { FilterBar } from '@/app/projects/[projectId]/novels/_components/filter-bar'
import { LeftOutNotice } from '@/app/projects/[projectId]/novels/_components/left-out-notice'
import { LibraryChanges } from '@/app/projects/[projectId]/novels/_components/library-changes'
import { LibraryTools } from '@/app/projects/[projectId]/novels/_components/library-tools'
import { NovelTable } from '@/app/projects/[projectId]/novels/_components/novel-table'
import { SelectionProvider } from '@/app/projects/[projectId]/novels/_components/selection'
import { UploadList } from '@/app/projects/[projectId]/novels/_components/upload-list'
import { novelQuery } from '@/app/projects/[projectId]/novels/_novel-query'
import { sortedRows } from '@/app/projects/[projectId]/novels/_sorted'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Facts } from '@/app/_ui/facts'
import { NextStep } from '@/app/_ui/next-step'
import { PageHead } from '@/app/_ui/page-head'
import { UploadBox } from '@/app/_ui/upload-box'
import { countChosen } from '@/lib/stages/novels/chapter-filter'
import { clutterByNovel } from '@/lib/stages/novels/clutter'
import { listNovels } from '@/lib/stages/novels/novels'
import { listUploads } from '@/lib/stages/uploads/uploads'

type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('novels'))('title') }
}

export default async function NovelsPage({ params, searchParams }: Props) {
  const { projectId } = await params
  const query = novelQuery(await searchParams)
  const settings = await currentPassageSettings(projectId)
  const [t, { number }, uploads, novels, chosen, clutter] = await Promise.all([
    getTranslator('novels'),
    getFormatter(),
    listUploads(projectId, 'novels'),
    listNovels(projectId, settings.novels),
    countChosen(projectId, query.filter, settings.novels),
    clutterByNovel(projectId),
  ])
  const rows = sortedRows(novels, chosen, clutter, query.sort, query.down)
  const sum = (of: (novel: (typeof novels)[number]) => number) => novels.reduce((all, novel) => all + of(novel), 0)
  const taken = sum((novel) => novel.taken)
  return (
    <ClientMessages areas={['novels', 'library', 'reading']}>
      <PageHead title={t('title')} note={uploads.length === 0 ? undefined : t('note')} actions={novels.length > 0 && <LibraryTools projectId={projectId} />} />
      {novels.length > 0 && (
        <Facts
          facts={[
            { label: t('novels'), value: number(novels.length) },
            { label: t('chapters'), value: number(sum((novel) => novel.chapters)) },
            { label: t('characters'), value: number(sum((novel) => novel.characters)) },
            { label: t('taken'), value: number(taken), hint: t('takenBy', { registers: settings.novels.registers.map((register) => t(`register.${register}`)).join(t('and')) }) },
          ]}
        />
      )}
      {uploads.length === 0 && <p className="mt-0 mb-4 max-w-[40em] text-muted">{t('empty')}</p>}
      <UploadBox projectId={projectId} kind="novels" multiple button={t('upload')} hint={t('uploadHint')} buttonKind={novels.length === 0 ? 'primary' : 'plain'} />
      <UploadList projectId={projectId} uploads={uploads} />
      {novels.length > 0 && (
        <SelectionProvider>
          <LeftOutNotice projectId={projectId} settings={settings} />
          <FilterBar projectId={projectId} query={query} />
          <BulkBar projectId={projectId} filter={query.filter} novels={rows.map(({ id, chosen: { chapters, characters }, clutter: counts, traditional }) => ({ id, chapters, characters, clutter: counts, traditional }))} />
          <LibraryChanges projectId={projectId} />
          <NovelTable projectId={projectId} rows={rows} query={query} />
        </SelectionProvider>
      )}
      {novels.length > 0 && (
        <NextStep href={`/projects/${projectId}/passages`} waiting={taken === 0 ? t('nothingTaken') : undefined}>
          {t('toPassages')}
        </NextStep>
      )}
    </ClientMessages>
  )
}
