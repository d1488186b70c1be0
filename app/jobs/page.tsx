import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { StudioFrame } from '@/app/_frame/studio-frame'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getTranslator } from '@/app/_i18n/server'
import { EmptyState } from '@/app/_ui/empty-state'
import { PageHead } from '@/app/_ui/page-head'
import { Pages } from '@/app/_ui/pages'
import { TabLinks } from '@/app/_ui/tab-links'
import { Invariants } from '@/app/jobs/_components/invariants'
import { JobEntry } from '@/app/jobs/_components/job-entry'
import { countJobs, listJobs, type JobWithProject } from '@/lib/stages/jobs'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

const size = 25
const views = { all: ['succeeded', 'failed', 'cancelled'], failed: ['failed'], cancelled: ['cancelled'] } as const
const viewNames = ['all', 'failed', 'cancelled'] as const
const query = z.object({ view: z.enum(viewNames).catch('all'), page: z.coerce.number().int().min(1).catch(1) })

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('jobs'))('title') }
}

export default async function JobsPage({ searchParams }: Props) {
  const { view, page } = query.parse(await searchParams)
  const states = [...views[view]]
  const [t, running, waiting, ended, total, all] = await Promise.all([
    getTranslator('jobs'),
    listJobs(['running']),
    listJobs(['queued', 'paused']),
    listJobs(states, { take: size, skip: (page - 1) * size }),
    countJobs(states),
    countJobs(['succeeded', 'failed', 'cancelled', 'running', 'queued', 'paused']),
  ])
  return (
    <StudioFrame keepsProject>
      <ClientMessages areas={['jobs']}>
        <PageHead title={t('title')} note={t('note')} />
        {all === 0 && <EmptyState>{t('nothingYet')}</EmptyState>}
        {all > 0 && (
          <>
            <Section id="running" title={t('running')} empty={t('nothingRuns')} jobs={running} />
            <Section id="waiting" title={t('waiting')} above={waiting.length > 0 && <p className="mt-0 mb-2 max-w-[44em] text-sm text-muted">{t('waitingHow')}</p>} empty={t('nothingWaits')} jobs={waiting} />
            <Section
              id="history"
              title={t('history')}
              empty={t('nothingEnded')}
              jobs={ended}
              above={<TabLinks label={t('filter')} links={viewNames.map((name) => ({ href: name === 'all' ? '/jobs' : `/jobs?view=${name}`, label: name === 'all' ? t('all') : t(`state.${name}`), current: name === view }))} />}
            />
            <Pages page={page} size={size} total={total} href={(to) => `/jobs?${new URLSearchParams({ ...(view === 'all' ? {} : { view }), page: String(to) })}`} />
            <Invariants />
          </>
        )}
      </ClientMessages>
    </StudioFrame>
  )
}

function Section(props: { id: string; title: string; empty: string; jobs: readonly JobWithProject[]; above?: ReactNode }) {
  return (
    <section aria-labelledby={props.id} className="mb-8">
      <h2 id={props.id} className="mt-0 mb-2 text-base font-semibold">
        {props.title}
      </h2>
      {props.above}
      {props.jobs.length === 0 ? (
        <p className="m-0 text-muted">{props.empty}</p>
      ) : (
        <ul className="m-0 list-none border-t border-line p-0">
          {props.jobs.map((job) => (
            <JobEntry key={job.id} job={job} />
          ))}
        </ul>
      )}
    </section>
  )
}
