import type { Metadata } from 'next'
import { currentPassageSettings } from '@/app/projects/[projectId]/_current-passage-settings'
import { CuttingNow } from '@/app/projects/[projectId]/passages/_components/cutting-now'
import { LastGood } from '@/app/projects/[projectId]/passages/_components/last-good'
import { OpenDuplicates } from '@/app/projects/[projectId]/passages/_components/open-duplicates'
import { Redrawn, RedrawRoom, SettingsLink } from '@/app/projects/[projectId]/passages/_components/redrawing'
import { Sample } from '@/app/projects/[projectId]/passages/_components/sample'
import { SetList } from '@/app/projects/[projectId]/passages/_components/set-list'
import { SettingsForm } from '@/app/projects/[projectId]/passages/_components/settings-form'
import { Totals } from '@/app/projects/[projectId]/passages/_components/totals'
import { ViewChoice } from '@/app/projects/[projectId]/passages/_components/view-choice'
import { faultSentences } from '@/app/projects/[projectId]/passages/_fault-sentence'
import { fieldsOf, type Query, queryOf, readSettings, typedOf } from '@/app/projects/[projectId]/passages/_passage-query'
import { type Preview, previewOf } from '@/app/projects/[projectId]/passages/_preview'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { NextStep } from '@/app/_ui/next-step'
import { PageHead } from '@/app/_ui/page-head'
import { presets, stagePresetNames } from '@/lib/settings/presets'
import { listModels } from '@/lib/stages/models'
import { listPassageSets, type PassageSetSettings } from '@/lib/stages/passages/passages'

type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<Query> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('passages'))('title') }
}

export default async function PassagesPage({ params, searchParams }: Props) {
  const { projectId } = await params
  const query = await searchParams
  const [t, current, sets, models] = await Promise.all([getTranslator('passages'), currentPassageSettings(projectId), listPassageSets(projectId), listModels()])
  const { settings, faults } = query.target === undefined ? { settings: current, faults: [] } : readSettings(query)
  const preview = settings && (await previewOf(projectId, settings, { novel: whole(query.novel), chapter: whole(query.chapter), at: whole(query.at), part: whole(query.part) }))
  const usable = models.filter((model) => model.sha256 !== null)
  const model = usable.find((each) => each.id === query.model) ?? usable[0]
  return (
    <ClientMessages areas={['passages']}>
      <RedrawRoom>
        <PageHead
          title={t('title')}
          note={t('note')}
          actions={stagePresetNames.map((name) => (
            <SettingsLink key={name} small href={`?${queryOf(presets[name])}`}>
              {t(`preset.${name}`)}
            </SettingsLink>
          ))}
        />
        <OpenDuplicates projectId={projectId} />
        {settings && preview === null && sets.length === 0 ? (
          <EmptyState action={<LinkButton kind="primary" href={`/projects/${projectId}/novels`}>{t('toNovels')}</LinkButton>}>{t('empty')}</EmptyState>
        ) : (
          <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[280px_minmax(0,1fr)]">
            <SettingsForm
              projectId={projectId}
              given={query.target === undefined ? fieldsOf(current) : typedOf(query)}
              wrong={await faultSentences(faults)}
              canCut={preview !== null}
              hints={{ limit: t('limitHint'), endings: t('endingsHint'), seed: t('seedHint'), chapterMaximum: t('chapterMaximumHint'), registers: t('registersHint') }}
            />
            <div className="min-w-0">
              {sets[0] && <CuttingNow projectId={projectId} newest={sets[0]} />}
              <LastGood note={t('keptSample')} empty={t('noSample')}>{settings && <Tried projectId={projectId} settings={settings} preview={preview} models={usable} modelId={model?.id} />}</LastGood>
            </div>
          </div>
        )}
        {sets.length > 0 && <SetList projectId={projectId} sets={sets} />}
        {sets.some((each) => each.job.state === 'succeeded') && <NextStep href={`/projects/${projectId}/premises`}>{t('toPremises')}</NextStep>}
      </RedrawRoom>
    </ClientMessages>
  )
}

type TriedProps = { projectId: string; settings: PassageSetSettings; preview: Preview | null; models: readonly { id: string; name: string }[]; modelId: string | undefined }

/** What good settings give: of the novel that is open, and of the library. */
async function Tried({ projectId, settings, preview, models, modelId }: TriedProps) {
  const t = await getTranslator('passages')
  if (!preview) return <p className="m-0 text-muted">{t('nothingTaken')}</p>
  const asked = queryOf(settings)
  const chosenModel = modelId === undefined ? '' : `&model=${modelId}`
  const href = (view: Record<string, number>) => `?${asked}${chosenModel}&${new URLSearchParams(Object.entries(view).map(([name, value]) => [name, String(value)]))}`
  return (
    <>
      <Redrawn>
        <Sample preview={preview} href={href} />
      </Redrawn>
      <Totals query={`project=${projectId}&${asked}${chosenModel}&novel=${preview.novel.id}`} limit={settings.passages.limit} endings={settings.passages.endings} hasModel={modelId !== undefined} />
      {modelId !== undefined && (
        <div className="mt-4">
          <ViewChoice name="model" label={t('model')} value={modelId} options={models.map((model) => ({ value: model.id, label: model.name }))} clears={[]} />
        </div>
      )}
    </>
  )
}

/** A whole number of the URL. */
function whole(value: unknown): number | undefined {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : undefined
}
