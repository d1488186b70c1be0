import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Link } from '@/app/_ui/link'
import { LocalTime } from '@/app/_ui/local-time'
import { Table } from '@/app/_ui/table'
import { DifferenceLine } from '@/app/projects/[projectId]/submissions/_components/difference-line'
import { beforeOf, differenceBetween } from '@/lib/stages/submissions/history'
import { checkOf, type SubmissionWithRun } from '@/lib/stages/submissions/submissions'

type Props = { projectId: string; submission: SubmissionWithRun; all: readonly SubmissionWithRun[]; edited: ReadonlyMap<string, number> }

/** All submissions of a story run, the newest first: what each differs in from the one before, its hash, its verdict and the challenge's score. */
export async function SiblingTable({ projectId, submission, all, edited }: Props) {
  const [t, words, { number }] = await Promise.all([getTranslator('submission-history'), getTranslator('submissions'), getFormatter()])
  const siblings = all.filter(({ storyRunId, sha256 }) => storyRunId === submission.storyRunId && sha256 !== null)
  const rows = await Promise.all(siblings.map(async (each) => {
    const before = beforeOf(each, siblings)
    return { ...each, difference: before && (await differenceBetween(before, each)) }
  }))
  return (
    <section aria-labelledby="history" className="mt-8">
      <h2 id="history" className="mt-0 mb-2 text-lg font-semibold">{t('title')}</h2>
      <Table
        label={t('title')}
        rows={rows}
        rowKey={({ id }) => id}
        columns={[
          { key: 'name', head: t('submission'), className: 'whitespace-nowrap', cell: ({ id, ordinal }) => (id === submission.id ? <b>{words('submission', { ordinal })}</b> : <Link className="text-ink underline decoration-line underline-offset-4" href={`/projects/${projectId}/submissions/${id}`}>{words('submission', { ordinal })}</Link>) },
          { key: 'made', head: t('made'), className: 'whitespace-nowrap', cell: ({ createdAt }) => <LocalTime at={createdAt.toISOString()} /> },
          { key: 'check', head: t('check'), className: 'whitespace-nowrap', cell: (each) => verdict(each, words) },
          { key: 'difference', head: t('difference'), className: 'w-full min-w-48', cell: ({ id, difference }) => (difference ? <DifferenceLine projectId={projectId} submissionId={id} difference={difference} /> : '–') },
          { key: 'edited', head: t('byHand'), number: true, cell: ({ id }) => number(edited.get(id) ?? 0) },
          { key: 'score', head: t('challenge'), number: true, cell: ({ challengeScore }) => (challengeScore === null ? '–' : number(challengeScore, { maximumFractionDigits: 4 })) },
          { key: 'hash', head: words('hash'), cell: ({ sha256 }) => <code className="text-xs" title={sha256 ?? ''}>{sha256?.slice(0, 12)}</code> },
        ]}
      />
    </section>
  )
}

function verdict(submission: SubmissionWithRun, words: Awaited<ReturnType<typeof getTranslator<'submissions'>>>): string {
  const check = checkOf(submission)
  if (!check) return '–'
  const problems = check.problems.length + check.moreProblems
  return problems === 0 ? words('passed') : words('problems', { count: problems })
}
