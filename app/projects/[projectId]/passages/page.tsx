import type { Metadata } from 'next'
import { Link } from '@/app/_ui/link'
import { currentPassageSettings } from '@/app/projects/[projectId]/_current-passage-settings'
import { type Order, orders, PassageBrowser } from '@/app/projects/[projectId]/passages/_components/passage-browser'
import { Sample } from '@/app/projects/[projectId]/passages/_components/sample'
import { SettingsForm } from '@/app/projects/[projectId]/passages/_components/settings-form'
import { type Query, queryOf, settingsOf } from '@/app/projects/[projectId]/passages/_passage-query'
import { CancelJob } from '@/app/_jobs/job-buttons'
import { JobFailure } from '@/app/_jobs/job-failure'
import { JobProgress } from '@/app/_jobs/job-progress'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { errorLocale } from '@/app/_i18n/locale'
import { getLocale, getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { NextStep } from '@/app/_ui/next-step'
import { PageHead } from '@/app/_ui/page-head'
import { TabLinks } from '@/app/_ui/tab-links'
import { hintOf } from '@/lib/settings/hint'
import { passageSettings } from '@/lib/settings/passages'
import { presetNames, presets } from '@/lib/settings/presets'
import { samplePassages } from '@/lib/stages/passage-sample'
import { listPassageSets, passageSetSettings, type PassageSetWithJob } from '@/lib/stages/passages'

type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<Query> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('passages'))('title') }
}

export default async function PassagesPage({ params, searchParams }: Props) {
  const { projectId } = await params
  const query = await searchParams
  const [t, locale, current, sets] = await Promise.all([getTranslator('passages'), getLocale(), currentPassageSettings(projectId), listPassageSets(projectId)])
  const { settings, fields, wrong } = settingsOf(query, current)
  const sample = settings ? await samplePassages(projectId, settings) : null
  const set = sets.find((each) => String(each.ordinal) === query.set) ?? sets[0]
  const here = `/projects/${projectId}/passages`
  const hint = (schema: Parameters<typeof hintOf>[0]) => hintOf(schema)?.[errorLocale(locale)] ?? ''
  const { target, minimum, maximum } = passageSettings.shape
  return (
    <ClientMessages areas={['passages']}>
      <PageHead
        title={t('title')}
        note={t('note')}
        actions={presetNames.map((name) => (
          <LinkButton key={name} small href={`?${queryOf(presets[name])}`} scroll={false}>
            {t(`preset.${name}`)}
          </LinkButton>
        ))}
      />
      {sample?.chapters === 0 && sets.length === 0 ? (
        <EmptyState action={<LinkButton kind="primary" href={`/projects/${projectId}/novels`}>{t('toNovels')}</LinkButton>}>{t('empty')}</EmptyState>
      ) : (
        <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[280px_minmax(0,1fr)]">
          <SettingsForm
            projectId={projectId}
            given={{ ...fields.passages, registers: fields.novels.registers }}
            wrong={wrong}
            canCut={settings !== null && sample !== null && sample.chapters > 0}
            hints={{ target: hint(target), minimum: hint(minimum), maximum: hint(maximum), limit: t('limitHint'), registers: t('registersHint') }}
          />
          {sample && sample.lengths.length > 0 ? <Sample sample={sample} limit={fields.passages.limit} /> : <p className="m-0 text-muted">{sample ? t('nothingTaken') : t('wrongSettings')}</p>}
        </div>
      )}
      {set && (
        <section aria-labelledby="sets" className="mt-12">
          <h2 id="sets" className="mt-0 scroll-mt-20 mb-3 text-lg font-semibold">
            {t('sets')}
          </h2>
          {sets.length > 1 && <TabLinks label={t('sets')} links={sets.slice(0, 12).map((each) => ({ href: `${here}?set=${each.ordinal}`, label: t('set', { ordinal: each.ordinal }), current: each.id === set.id }))} />}
          <p className="mt-0 mb-4 flex flex-wrap items-center gap-x-4 text-muted">
            <span>{t('set', { ordinal: set.ordinal })}</span>
            <SetSettings set={set} />
          </p>
          <JobFailure job={set.job} name={t('set', { ordinal: set.ordinal })} />
          {(set.job.state === 'queued' || set.job.state === 'running') && (
            <div className="mb-6 grid justify-items-stretch gap-3">
              <JobProgress job={set.job} />
              <div>
                <CancelJob job={set.job} name={t('set', { ordinal: set.ordinal })} small />
              </div>
            </div>
          )}
          {set.job.state === 'succeeded' && <PassageBrowser set={set} order={orderOf(query)} page={Math.max(1, Number(query.page) || 1)} href={({ order, page }) => `${here}?set=${set.ordinal}&order=${order}${page ? `&page=${page}` : ''}`} />}
        </section>
      )}
      {sets.some((each) => each.job.state === 'succeeded') && <NextStep href={`/projects/${projectId}/premises`}>{t('toPremises')}</NextStep>}
    </ClientMessages>
  )
}

async function SetSettings({ set }: { set: PassageSetWithJob }) {
  const t = await getTranslator('passages')
  const settings = passageSetSettings.parse(set.settings)
  return (
    <Link href={`?set=${set.ordinal}&${queryOf(settings)}`} scroll={false} className="text-muted underline decoration-line underline-offset-4 hover:text-ink">
      {t('cutBy', { target: settings.passages.target, minimum: settings.passages.minimum, maximum: settings.passages.maximum })}
    </Link>
  )
}

function orderOf(query: Query): Order {
  return orders.find((order) => order === query.order) ?? 'novel'
}
