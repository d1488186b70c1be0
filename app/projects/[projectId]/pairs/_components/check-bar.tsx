import { startCheck } from '@/app/projects/[projectId]/pairs/actions'
import { JobFailure } from '@/app/_jobs/job-failure'
import { JobProgress } from '@/app/_jobs/job-progress'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { Link } from '@/app/_ui/link'
import { SubmitButton } from '@/app/_ui/submit-button'
import type { PairFacets } from '@/lib/stages/pairs/facets'
import { pairCheckStanding } from '@/lib/stages/pairs/checks'
import type { PairSource } from '@/lib/stages/pairs/source'

const link = 'text-ink underline decoration-line underline-offset-4 hover:decoration-current'

/** Whether the pairs were looked through for near duplicates and leaks, what was found as ways to those pairs, and the button that looks. */
export async function CheckBar({ projectId, source, base, facets }: { projectId: string; source: PairSource; base: string; facets: PairFacets }) {
  const [t, { number }, { newest, found, isStale }] = await Promise.all([getTranslator('pairs'), getFormatter(), pairCheckStanding(projectId, source)])
  const job = newest?.job
  const isLive = job?.state === 'running' || job?.state === 'queued'
  return (
    <div className="mb-4 grid gap-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
        {found ? (
          <>
            <Link href={`${base}&duplicate=any`} className={link}>
              {t('inGroups', { count: facets.duplicates, groups: number(found.premiseGroups + found.passageGroups) })}
            </Link>
            {facets.repeats > 0 && (
              <Link href={`${base}&duplicate=rest`} className={link}>
                {t('repeats', { count: facets.repeats })}
              </Link>
            )}
            <Link href={`${base}&leak=yes`} className={link}>
              {t('leaksFound', { count: facets.leaks })}
            </Link>
            {isStale && <span className="text-gamboge-text">{t('checkStale')}</span>}
          </>
        ) : (
          !isLive && <span className="text-muted">{t('neverChecked')}</span>
        )}
        {!isLive && (!found || isStale) && (
          <ActionForm action={startCheck} values={{ projectId, kind: source.kind, sourceId: source.id }} label={t('check')}>
            <SubmitButton small>{found ? t('checkAgain') : t('check')}</SubmitButton>
          </ActionForm>
        )}
      </div>
      {job && isLive && <JobProgress job={job} label={t('check')} />}
      {job && <JobFailure job={job} name={t('check')} />}
    </div>
  )
}
