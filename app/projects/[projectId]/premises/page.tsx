import type { Metadata } from 'next'
import { PremiseForm } from '@/app/projects/[projectId]/premises/_components/premise-form'
import type { SetOption } from '@/app/projects/[projectId]/premises/_components/selection-fields'
import { RunList } from '@/app/projects/[projectId]/premises/_components/run-list'
import { beginningOf, presetEntries } from '@/app/projects/[projectId]/premises/_beginning'
import { settingSpecs } from '@/app/_settings/setting-spec'
import { writerOptions } from '@/app/_writer/writer-options'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { errorLocale } from '@/app/_i18n/locale'
import { getFormatter, getLocale, getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { NextStep } from '@/app/_ui/next-step'
import { PageHead } from '@/app/_ui/page-head'
import { type PremisePrompt, premiseSampling } from '@/lib/settings/premises'
import { listPassageSets } from '@/lib/stages/passages/passages'
import { listPremiseRuns } from '@/lib/stages/premises/premises'
import { findTrial, sidesOf } from '@/lib/stages/premises/trials'
import { listPromptVersions } from '@/lib/stages/prompts/prompts'

type Query = { version?: string; set?: string; trial?: string; side?: string }
type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<Query> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('premises'))('title') }
}

export default async function PremisesPage({ params, searchParams }: Props) {
  const { projectId } = await params
  const query = await searchParams
  const [t, { number }, locale, allSets, runs, versions, writers] = await Promise.all([
    getTranslator('premises'),
    getFormatter(),
    getLocale(),
    listPassageSets(projectId),
    listPremiseRuns(projectId),
    listPromptVersions(projectId, 'premise'),
    writerOptions(),
  ])
  const sets = allSets.filter((each) => each.job.state === 'succeeded')
  const set = sets.find((each) => String(each.ordinal) === query.set) ?? sets[0]
  const run = runs[0]
  const version = versions.find((each) => String(each.version) === query.version) ?? versions[0]
  const tried = await triedWords(projectId, query)
  const here = `/projects/${projectId}/premises`
  if (!set) {
    return (
      <>
        <PageHead title={t('title')} />
        <EmptyState action={<LinkButton kind="primary" href={`/projects/${projectId}/passages`}>{t('toPassages')}</LinkButton>}>{t('empty')}</EmptyState>
      </>
    )
  }
  const option = (each: (typeof sets)[number]): SetOption => ({ id: each.id, label: t('setOption', { name: each.name || t('fromSet', { ordinal: each.ordinal }), count: number(each.kept) }), passages: each.kept })
  return (
    <ClientMessages areas={['premise-run', 'premises', 'pairs', 'prompts', 'writer', 'settings']}>
      <PageHead
        title={t('title')}
        note={t('note', { count: set.kept })}
        actions={
          <>
            {versions.length > 0 && <LinkButton href={`${here}/prompts`}>{t('versions')}</LinkButton>}
            <LinkButton href={`${here}/try`}>{t('try')}</LinkButton>
            {run && <LinkButton href="#order">{t('again')}</LinkButton>}
          </>
        }
      />
      {runs.length > 0 && (
        <section aria-labelledby="runs" className="mb-10">
          <h2 id="runs" className="mt-0 mb-3 text-lg font-semibold">
            {t('runs')}
          </h2>
          <RunList projectId={projectId} runs={runs} />
        </section>
      )}
      <section aria-labelledby="order" className={run ? 'border-t border-line pt-6' : undefined}>
        <h2 id="order" className="mt-0 mb-4 text-lg font-semibold">
          {run ? t('again') : t('first')}
        </h2>
        <PremiseForm
          // Another version is another beginning; a save is none, and leaves alone what else was typed.
          key={`${query.version} ${query.trial} ${query.side} ${set.id}`}
          projectId={projectId}
          sets={[option(set), ...sets.filter((each) => each.id !== set.id).map(option)]}
          beginning={{ ...beginningOf(version, run), ...(tried ? { prompt: tried } : {}) }}
          version={tried ? null : (version?.version ?? null)}
          isChosen={query.version !== undefined || tried !== null}
          presets={await presetEntries()}
          specs={settingSpecs(premiseSampling, errorLocale(locale))}
          writers={writers}
        />
      </section>
      {runs.some((each) => each.job.state === 'succeeded') && <NextStep href={`/projects/${projectId}/pairs`}>{t('toPairs')}</NextStep>}
    </ClientMessages>
  )
}

/** The words of a trial's side, where the address asks to go on with them. */
async function triedWords(projectId: string, { trial, side }: Query): Promise<PremisePrompt | null> {
  const ordinal = Number(trial)
  if (!Number.isInteger(ordinal) || ordinal < 1) return null
  const found = await findTrial(projectId, ordinal)
  return (found && sidesOf(found)[Number(side)]?.prompt) ?? null
}
