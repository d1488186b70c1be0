import type { Metadata } from 'next'
import { PairTabs } from '@/app/projects/[projectId]/pairs/_components/pair-tabs'
import { ImportEntry } from '@/app/projects/[projectId]/pairs/imports/_components/import-entry'
import { PairsBox } from '@/app/projects/[projectId]/pairs/imports/_components/pairs-box'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getTranslator } from '@/app/_i18n/server'
import { NextStep } from '@/app/_ui/next-step'
import { PageHead } from '@/app/_ui/page-head'
import { listPairImports } from '@/lib/stages/pairs/imports'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('pairs'))('side.imports') }
}

/** Pairs from elsewhere: files, what was read of them, and what was not. */
export default async function ImportsPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params
  const [t, files] = await Promise.all([getTranslator('pairs'), listPairImports(projectId)])
  return (
    <ClientMessages areas={['pairs']}>
      <PageHead title={t('title')} />
      <PairTabs projectId={projectId} current="imports" />
      <p className="mt-0 mb-4 max-w-[44em] text-muted">{t('importWhat')}</p>
      <PairsBox projectId={projectId} />
      {files.length > 0 && (
        <ul aria-label={t('importedFiles')} className="m-0 list-none border-t border-line p-0">
          {files.map((file) => (
            <ImportEntry key={file.id} projectId={projectId} file={file} />
          ))}
        </ul>
      )}
      {files.some(({ accepted }) => accepted > 0) && <NextStep href={`/projects/${projectId}/pairs/versions`}>{t('toVersions')}</NextStep>}
    </ClientMessages>
  )
}
