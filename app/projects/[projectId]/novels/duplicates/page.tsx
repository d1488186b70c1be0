import type { Metadata } from 'next'
import { z } from 'zod'
import { BulkDecision } from '@/app/projects/[projectId]/novels/duplicates/_components/bulk-decision'
import { ContainedList } from '@/app/projects/[projectId]/novels/duplicates/_components/contained-list'
import { GroupList } from '@/app/projects/[projectId]/novels/duplicates/_components/group-list'
import { SearchForm } from '@/app/projects/[projectId]/novels/duplicates/_components/search-form'
import { CancelJob } from '@/app/_jobs/job-buttons'
import { JobFailure } from '@/app/_jobs/job-failure'
import { JobProgress } from '@/app/_jobs/job-progress'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { PageHead } from '@/app/_ui/page-head'
import { Pages } from '@/app/_ui/pages'
import { TabLinks } from '@/app/_ui/tab-links'
import { Tag } from '@/app/_ui/tag'
import { duplicateSettings } from '@/lib/settings/duplicates'
import { containedNovels } from '@/lib/stages/novels/contained-novels'
import { countDuplicateGroups, groupShows, listDuplicateGroups, type GroupCounts } from '@/lib/stages/novels/duplicate-groups'
import { duplicateLevels, duplicateStanding, type DuplicateSearchWithJob } from '@/lib/stages/novels/duplicates'
import { listPassageSets } from '@/lib/stages/passages/passages'
import { projectStanding } from '@/lib/stages/overview'

type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

const size = 8

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('duplicates'))('title') }
}

/** Groups of novels, chapters and passages that are alike, side by side, and a person's word on each. */
export default async function DuplicatesPage({ params, searchParams }: Props) {
  const { projectId } = await params
  const [t, { newest, finished, stale }, sets, standing] = await Promise.all([
    getTranslator('duplicates'),
    duplicateStanding(projectId),
    listPassageSets(projectId),
    projectStanding(projectId),
  ])
  const here = `/projects/${projectId}/novels/duplicates`
  const counts = finished ? await countDuplicateGroups(finished.id) : null
  const hasNovels = standing.some(({ stage, count }) => stage === 'novels' && count > 0)
  const isAtWork = newest?.job.state === 'queued' || newest?.job.state === 'running'
  const chosen = newest ? duplicateSettings.parse(newest.settings) : null
  return (
    <ClientMessages areas={['duplicates']}>
      <PageHead title={t('title')} note={t('note')} actions={<LinkButton small kind="quiet" href={`/projects/${projectId}/novels`}>{t('back')}</LinkButton>} />
      {!hasNovels ? (
        <EmptyState action={<LinkButton kind="primary" href={`/projects/${projectId}/novels`}>{t('toNovels')}</LinkButton>}>{t('empty')}</EmptyState>
      ) : (
        <>
          {newest && newest.id !== finished?.id && <JobFailure job={newest.job} name={t('search', { ordinal: newest.ordinal })} />}
          {newest && isAtWork ? (
            <div className="mb-6 grid gap-3">
              <JobProgress job={newest.job} />
              <div>
                <CancelJob job={newest.job} name={t('search', { ordinal: newest.ordinal })} small />
              </div>
            </div>
          ) : (
            <SearchForm
              projectId={projectId}
              isFirst={!finished}
              isWanted={!finished || stale !== null}
              likeness={chosen?.likeness}
              sets={sets.filter(({ job }) => job.state === 'succeeded').map(({ id, ordinal, name }) => ({ id, ordinal, name }))}
            />
          )}
          {!finished && !isAtWork && <p className="mt-0 mb-4 max-w-[44em] text-muted">{t('never')}</p>}
          {finished && counts && <Found projectId={projectId} search={finished} stale={stale} counts={counts} here={here} query={await searchParams} />}
        </>
      )}
    </ClientMessages>
  )
}

type FoundProps = { projectId: string; search: DuplicateSearchWithJob; stale: 'novels' | 'passages' | null; counts: GroupCounts; here: string; query: Record<string, unknown> }

async function Found({ projectId, search, stale, counts, here, query }: FoundProps) {
  const [t, { number }] = await Promise.all([getTranslator('duplicates'), getFormatter()])
  const sumOf = (level: (typeof duplicateLevels)[number]) => counts[level].undecided + counts[level].decided + counts[level].within
  // Opened without a choice, the page shows the first level on which there is something to decide, else something at all.
  const opened = duplicateLevels.find((level) => counts[level].undecided > 0) ?? duplicateLevels.find((level) => sumOf(level) > 0) ?? 'novel'
  const { level, page } = z.object({ level: z.enum(duplicateLevels).catch(opened), page: z.coerce.number().int().min(1).catch(1) }).parse(query)
  const show = z.enum(groupShows).catch(groupShows.find((each) => counts[level][each] > 0) ?? 'undecided').parse(query.show)
  const [groups, contained] = await Promise.all([listDuplicateGroups(search.id, level, show, { take: size, skip: (page - 1) * size }), containedNovels(search.id)])
  const percent = (share: number) => number(share, { style: 'percent', maximumFractionDigits: 0 })
  const { likeness } = duplicateSettings.parse(search.settings)
  return (
    <>
      <p className="mt-0 mb-4 flex flex-wrap items-center gap-x-3 gap-y-1 text-muted">
        <span>{t('compared', { novels: search.novels ?? 0, chapters: search.chapters ?? 0, passages: search.passages ?? 0, likeness: percent(likeness) })}</span>
        {stale && <Tag kind="warn">{t(`stale.${stale}`)}</Tag>}
      </p>
      <ContainedList projectId={projectId} contained={contained} />
      {duplicateLevels.every((each) => sumOf(each) === 0) ? (
        <EmptyState>{t('nothing')}</EmptyState>
      ) : (
        <>
          <TabLinks label={t('levels')} links={duplicateLevels.map((each) => ({ href: `${here}?level=${each}`, label: `${t(`level.${each}`)} ${number(counts[each].undecided + counts[each].decided)}`, current: each === level }))} />
          <div className="mb-4 flex flex-wrap items-center gap-x-6 gap-y-2">
            <nav aria-label={t('shows')} className="flex gap-2">
              {/* Nothing lies above the novels. */}
              {groupShows.filter((each) => each !== 'within' || level !== 'novel').map((each) => (
                <LinkButton key={each} small kind={each === show ? 'plain' : 'quiet'} aria-current={each === show ? 'true' : undefined} href={`${here}?level=${level}&show=${each}`}>
                  {t(`show.${each}`, { level })} {number(counts[level][each])}
                </LinkButton>
              ))}
            </nav>
            <BulkDecision projectId={projectId} searchId={search.id} level={level} undecided={counts[level].undecided} decided={counts[level].decided} />
          </div>
          {show === 'within' && counts[level].within > 0 && <p className="mt-0 mb-4 max-w-[44em] text-sm text-muted">{t('withinWhat')}</p>}
          {groups.length > 0 && level !== 'novel' && (
            <p className="mt-0 mb-4 text-sm text-muted">
              <mark>{t('legendMark')}</mark> {t('legend')}
            </p>
          )}
          {groups.length === 0 ? <p className="text-muted">{t(`none.${show}`)}</p> : <GroupList projectId={projectId} level={level} groups={groups} />}
          <Pages page={page} size={size} total={counts[level][show]} href={(to) => `${here}?level=${level}&show=${show}&page=${to}`} />
        </>
      )}
    </>
  )
}
