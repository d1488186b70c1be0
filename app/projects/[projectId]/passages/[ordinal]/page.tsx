import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { FilterBar } from '@/app/projects/[projectId]/passages/[ordinal]/_components/filter-bar'
import { PassageList } from '@/app/projects/[projectId]/passages/[ordinal]/_components/passage-list'
import { OpenDuplicates } from '@/app/projects/[projectId]/passages/_components/open-duplicates'
import { SetSettings } from '@/app/projects/[projectId]/passages/_components/set-settings'
import { setNameOf } from '@/app/_passages/set-name'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { CancelJob } from '@/app/_jobs/job-buttons'
import { JobFailure } from '@/app/_jobs/job-failure'
import { JobProgress } from '@/app/_jobs/job-progress'
import { binsOfTally } from '@/app/_ui/bins'
import { LinkButton } from '@/app/_ui/button'
import { FactList, Facts } from '@/app/_ui/facts'
import { Histogram } from '@/app/_ui/histogram'
import { Link } from '@/app/_ui/link'
import { NextStep } from '@/app/_ui/next-step'
import { PageHead } from '@/app/_ui/page-head'
import { readFilter } from '@/lib/stages/passages/filter'
import { chaptersOfSet, countPassages, novelsOfSet } from '@/lib/stages/passages/rows'
import { endsTally, findPassageSet, lengthTally, type PassageSetWithJob } from '@/lib/stages/passages/passages'

type Props = { params: Promise<{ projectId: string; ordinal: string }>; searchParams: Promise<Record<string, unknown>> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const set = await setOf(await params)
  return { title: set ? setNameOf(await getTranslator('passages'), set) : undefined }
}

/** One passage set: what came out, and its passages to browse. */
export default async function PassageSetPage({ params, searchParams }: Props) {
  const place = await params
  const set = await setOf(place)
  if (!set) notFound()
  const t = await getTranslator('passages')
  const name = setNameOf(t, set)
  return (
    <ClientMessages areas={['passages']}>
      <PageHead title={name} note={<SetSettings settings={set.settings} />} actions={<LinkButton small href={`/projects/${place.projectId}/passages#sets`}>{t('toSets')}</LinkButton>} />
      <OpenDuplicates projectId={place.projectId} />
      <JobFailure job={set.job} name={name} />
      {(set.job.state === 'queued' || set.job.state === 'running') && (
        <div className="mb-6 grid gap-3">
          <JobProgress job={set.job} />
          <div>
            <CancelJob job={set.job} name={name} small />
          </div>
        </div>
      )}
      {set.job.state === 'succeeded' && <Finished set={set} query={await searchParams} />}
    </ClientMessages>
  )
}

async function Finished({ set, query }: { set: PassageSetWithJob; query: Record<string, unknown> }) {
  const filter = readFilter(query)
  const [t, { number }, tally, ends, novels, chapters, count] = await Promise.all([
    getTranslator('passages'),
    getFormatter(),
    lengthTally(set.id),
    endsTally(set.id),
    novelsOfSet(set.id),
    filter.novel === undefined ? [] : chaptersOfSet(set.id, filter.novel),
    countPassages(set.id, filter),
  ])
  const percent = (value: number) => number(value, { style: 'percent', maximumFractionDigits: 0 })
  return (
    <>
      <Facts
        facts={[
          { label: t('passages'), value: number(set.kept), hint: set.kept < set.found ? t('drawnOf', { count: set.found }) : undefined },
          { label: t('characters'), value: number(set.characters) },
          { label: t('average'), value: number(Math.round(set.characters / Math.max(1, set.kept))) },
          { label: t('midScene'), value: percent(set.midScene / Math.max(1, set.kept)), hint: t('midSceneHint') },
          { label: t('ofEndings'), value: number(set.endings), hint: percent(set.endings / Math.max(1, set.kept)) },
        ]}
      />
      <div className="mb-8 grid gap-x-12 gap-y-6 md:grid-cols-[minmax(0,520px)_minmax(0,260px)]">
        <Histogram label={t('lengths')} unit={t('charactersUnit')} bins={binsOfTally(tally, 24)} />
        <div>
          <h2 className="mt-0 mb-2 text-base font-semibold">{t('endsAt')}</h2>
          <FactList
            facts={ends.map(({ endsAt, count: many }) => ({
              label: <Link href={`?ends=${endsAt}#browse`} className="underline decoration-line underline-offset-4 hover:text-ink">{t(`ends.${endsAt}`)}</Link>,
              value: `${number(many)} · ${percent(many / Math.max(1, set.kept))}`,
            }))}
          />
        </div>
      </div>
      <section aria-labelledby="browse">
        <h2 id="browse" className="mt-0 mb-3 scroll-mt-20 text-lg font-semibold">{t('browse')}</h2>
        <FilterBar filter={filter} novels={novels} chapters={chapters} />
        <p role="status" className="mt-3 mb-2 text-sm text-muted">{count === set.kept ? t('found', { count }) : t('foundOf', { count, total: set.kept })}</p>
        {count === 0 ? <p className="py-6 text-muted">{t('none')}</p> : <PassageList key={JSON.stringify(filter)} projectId={set.projectId} passageSetId={set.id} filter={filter} count={count} />}
      </section>
      <NextStep href={`/projects/${set.projectId}/premises`}>{t('toPremises')}</NextStep>
    </>
  )
}

async function setOf({ projectId, ordinal }: { projectId: string; ordinal: string }): Promise<PassageSetWithJob | null> {
  return /^\d{1,9}$/.test(ordinal) ? findPassageSet(projectId, Number(ordinal)) : null
}
