import type { Metadata } from 'next'
import { StudioFrame } from '@/app/_frame/studio-frame'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getTranslator } from '@/app/_i18n/server'
import { EmptyState } from '@/app/_ui/empty-state'
import { LinkButton } from '@/app/_ui/button'
import { PageHead } from '@/app/_ui/page-head'
import { EnginePanel } from '@/app/engine/_components/engine-panel'
import { ServingEntry } from '@/app/engine/_components/serving-entry'
import { StartServing } from '@/app/engine/_components/start-serving'
import { listEngines, servableModels } from '@/lib/stages/engine/engines'
import { listServings } from '@/lib/stages/engine/servings'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('engine'))('title') }
}

export default async function EnginePage() {
  const [t, engines, servings, models] = await Promise.all([getTranslator('engine'), listEngines(), listServings(), servableModels()])
  return (
    <StudioFrame keepsProject>
      <ClientMessages areas={['engine', 'jobs']}>
        <PageHead title={t('title')} note={t('note')} />
        {engines.length === 0 ? <EmptyState>{t('none')}</EmptyState> : engines.map((engine) => <EnginePanel key={engine.device} engine={engine} />)}
        <section aria-labelledby="serving" className="mt-8">
          <h2 id="serving" className="mt-0 mb-1 text-base font-semibold">
            {t('serving')}
          </h2>
          <p className="mt-0 mb-4 max-w-[44em] text-muted">{t('servingWhat')}</p>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
            {servings.map((serving) => (
              <ServingEntry key={serving.id} serving={serving} device={engines[0]?.device ?? ''} />
            ))}
          </div>
          {models.length === 0 ? (
            <EmptyState action={<LinkButton href="/models">{t('toModels')}</LinkButton>}>{t('nothingToServe')}</EmptyState>
          ) : (
            <StartServing models={models} busy={servings.filter(({ job }) => job.state === 'running' || job.state === 'queued').map(({ modelId }) => modelId)} />
          )}
        </section>
      </ClientMessages>
    </StudioFrame>
  )
}
