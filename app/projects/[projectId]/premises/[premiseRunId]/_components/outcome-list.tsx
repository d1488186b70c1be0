import { FlawTags } from '@/app/projects/[projectId]/pairs/_components/flaw-tags'
import { PairPassage } from '@/app/projects/[projectId]/pairs/_components/pair-passage'
import { PremiseEditor } from '@/app/projects/[projectId]/pairs/_components/premise-editor'
import { OutcomeFilters } from '@/app/projects/[projectId]/premises/[premiseRunId]/_components/outcome-filters'
import { outcomeHref, type OutcomeQuery } from '@/app/projects/[projectId]/premises/[premiseRunId]/_outcome-query'
import { errorSentence } from '@/app/_i18n/error-sentence'
import { getTranslator } from '@/app/_i18n/server'
import { Pages } from '@/app/_ui/pages'
import { Tag } from '@/app/_ui/tag'
import { listOutcomes, type OutcomeEntry, stylesOfRun } from '@/lib/stages/premises/outcomes'
import { pairName } from '@/lib/stages/pairs/source'
import type { PremiseCounts, PremiseRunWithJob } from '@/lib/stages/premises/premises'

const size = 10

/** What came of the passages, each premise beside its passage; the filters live in the address. */
export async function OutcomeList({ run, query, counts, here }: { run: PremiseRunWithJob; query: OutcomeQuery; counts: PremiseCounts; here: string }) {
  const [t, { total, entries }, styles] = await Promise.all([getTranslator('premise-run'), listOutcomes(run.id, query, { take: size, skip: (query.page - 1) * size }), stylesOfRun(run.id)])
  return (
    <section aria-labelledby="outcomes" className="min-w-0">
      <h2 id="outcomes" className="mt-0 mb-3 text-base font-semibold">
        {t('outcomes')}
      </h2>
      <OutcomeFilters query={query} counts={counts} styles={styles} here={here} />
      {entries.length === 0 && <p className="text-muted">{counts.good + counts.refused + counts.failed === 0 ? t('nothingYet') : t('noneHere')}</p>}
      <ol className="m-0 list-none p-0">
        {entries.map((entry) => (
          <li key={entry.premiseId} className="grid gap-x-8 gap-y-3 border-b border-line py-4 md:grid-cols-2">
            <PairPassage projectId={run.projectId} passage={entry.passage} folded />
            <Outcome projectId={run.projectId} entry={entry} />
          </li>
        ))}
      </ol>
      <Pages page={query.page} size={size} total={total} href={(page) => outcomeHref(here, query, { page })} />
    </section>
  )
}

async function Outcome({ projectId, entry }: { projectId: string; entry: OutcomeEntry }) {
  const [t, premises] = await Promise.all([getTranslator('premise-run'), getTranslator('premises')])
  const reason = entry.outcome === 'failed' ? await errorSentence(entry.errorCode, entry.errorParams) : null
  const kind = { good: 'ok', refused: 'bad', failed: 'bad' } as const
  return (
    <div className="grid min-w-0 content-start gap-2">
      <p className="m-0 flex flex-wrap items-center gap-2">
        <Tag kind={kind[entry.outcome]}>{t(entry.outcome)}</Tag>
        {entry.style !== 'sentence' && <Tag>{premises(`style.${entry.style}`)}</Tag>}
        <FlawTags flaws={entry.flaws} />
        {entry.score !== null && <Tag>{t('scoreOf', { score: entry.score })}</Tag>}
        {entry.attempts > 1 && <span className="text-sm text-muted">{t('attempts', { count: entry.attempts })}</span>}
        {entry.premise !== entry.written && <span className="text-sm text-muted">{t('edited')}</span>}
      </p>
      {reason && <p className="m-0 text-sm [overflow-wrap:anywhere] text-muted">{reason}</p>}
      <PremiseEditor projectId={projectId} pair={pairName({ kind: 'run', id: entry.premiseId })} premise={entry.premise} written={entry.written} />
    </div>
  )
}
