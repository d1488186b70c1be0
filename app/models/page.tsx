import type { Metadata } from 'next'
import { connection } from 'next/server'
import { StudioFrame } from '@/app/_frame/studio-frame'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { errorLocale } from '@/app/_i18n/locale'
import { getLocale, getTranslator } from '@/app/_i18n/server'
import { byteSize } from '@/app/_ui/byte-size'
import { EmptyState } from '@/app/_ui/empty-state'
import { Facts } from '@/app/_ui/facts'
import { PageHead } from '@/app/_ui/page-head'
import { Table } from '@/app/_ui/table'
import { Arrivals } from '@/app/models/_components/arrivals'
import { BaseEntry } from '@/app/models/_components/base-entry'
import { ImportAdapter } from '@/app/models/_components/import-adapter'
import { NewDownload } from '@/app/models/_components/new-download'
import { Places } from '@/app/models/_components/places'
import { hubFacts, hubs } from '@/lib/models/hub/hubs'
import { readShelf, type Shelf } from '@/lib/stages/models/shelf'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('models'))('title') }
}

export default async function ModelsPage() {
  await connection()
  const [t, shelf] = await Promise.all([getTranslator('models'), readShelf()])
  const usable = shelf.bases.filter((base) => base.what !== null)
  return (
    <StudioFrame keepsProject>
      <ClientMessages areas={['models', 'jobs']}>
        <PageHead
          title={t('title')}
          note={t('note')}
          actions={
            <>
              <ImportAdapter bases={usable.map((base) => ({ value: base.id ?? base.directory, label: base.name }))} />
              <NewDownload hubs={hubs.map((hub) => ({ hub, name: hubFacts[hub].name }))} />
            </>
          }
        />
        <DiskFacts disk={shelf.disk} />
        <Arrivals />
        {shelf.bases.length === 0 ? (
          <EmptyState>{t('noModels')}</EmptyState>
        ) : (
          <div className="grid gap-4">
            {shelf.bases.map((base) => (
              <BaseEntry key={base.directory} base={base} />
            ))}
          </div>
        )}
        <Refused refused={shelf.refused} />
        <Places bases={shelf.bases} />
      </ClientMessages>
    </StudioFrame>
  )
}

async function DiskFacts({ disk }: { disk: Shelf['disk'] }) {
  const [t, locale] = await Promise.all([getTranslator('models'), getLocale()])
  const size = (bytes: number) => byteSize(bytes, locale)
  return (
    <Facts
      facts={[
        ...(['bases', 'adapters', 'merged', 'checkpoints'] as const).map((kind) => ({ label: t(`disk.${kind}`), value: size(disk[kind]) })),
        ...(disk.free === null || disk.total === null ? [] : [{ label: t('disk.free'), value: size(disk.free), hint: t('disk.ofTotal', { total: size(disk.total) }) }]),
      ]}
    />
  )
}

async function Refused({ refused }: { refused: Shelf['refused'] }) {
  if (refused.length === 0) return null
  const [t, locale] = await Promise.all([getTranslator('models'), getLocale()])
  return (
    <section aria-labelledby="refused" className="mt-8">
      <h2 id="refused" className="mt-0 mb-1 text-base font-semibold">
        {t('refused')}
      </h2>
      <p className="mt-0 mb-2 text-sm text-muted">{t('refusedWhat')}</p>
      <Table
        label={t('refused')}
        rows={refused}
        rowKey={(folder) => folder.directory}
        columns={[
          { key: 'folder', head: t('refusedFolder'), cell: (folder) => <code className="[overflow-wrap:anywhere]">{folder.directory}</code> },
          { key: 'why', head: t('refusedWhy'), cell: (folder) => folder.refusal?.sentence(errorLocale(locale)) ?? '' },
        ]}
      />
    </section>
  )
}
