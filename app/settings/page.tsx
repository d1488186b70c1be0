import type { Metadata } from 'next'
import { connection } from 'next/server'
import { StudioFrame } from '@/app/_frame/studio-frame'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getLocale, getTranslator } from '@/app/_i18n/server'
import { NewEndpoint } from '@/app/_writer/new-endpoint'
import { CopyButton } from '@/app/_ui/copy-button'
import { byteSize } from '@/app/_ui/byte-size'
import { FactList } from '@/app/_ui/facts'
import { PageHead } from '@/app/_ui/page-head'
import { Panel } from '@/app/_ui/panel'
import { EndpointTable } from '@/app/settings/_components/endpoint-table'
import { about } from '@/lib/about'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('settings'))('title') }
}

export default async function SettingsPage() {
  await connection()
  const [t, locale, { home, disk, versions }] = await Promise.all([getTranslator('settings'), getLocale(), about()])
  const answered = (version: string | null) => version ?? <span className="text-seal">{t('notAnswering')}</span>
  return (
    <StudioFrame keepsProject>
      <ClientMessages areas={['settings', 'writer']}>
        <PageHead title={t('title')} note={t('note')} />
        <div className="grid max-w-[960px] gap-6">
          <Panel title={t('endpoints')} aside={<NewEndpoint />}>
            <p className="mt-0 mb-3 text-muted">{t('endpointsNote')}</p>
            <EndpointTable />
          </Panel>
          <Panel title={t('storage')}>
            <p className="m-0 flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="text-muted">{t('home')}</span>
              <code className="[overflow-wrap:anywhere]">{home}</code>
              <CopyButton text={home} label={t('home')} />
            </p>
            <p className="mt-1 mb-0 text-sm text-muted">{t('homeHint')}</p>
            {disk && (
              <p className="mt-3 mb-0">
                <span className="text-muted">{t('free')}</span> {t('ofTotal', { free: byteSize(disk.free, locale), total: byteSize(disk.total, locale) })}
              </p>
            )}
          </Panel>
          <Panel title={t('versions')}>
            <div className="max-w-[420px]">
              <FactList
                facts={[
                  { label: t('molian'), value: versions.molian },
                  { label: t('node'), value: versions.node },
                  { label: t('database'), value: answered(versions.database) },
                  { label: t('queue'), value: answered(versions.queue) },
                ]}
              />
            </div>
          </Panel>
        </div>
      </ClientMessages>
    </StudioFrame>
  )
}
