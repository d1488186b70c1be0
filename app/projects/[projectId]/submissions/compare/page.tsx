import type { Metadata } from 'next'
import { z } from 'zod'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getTranslator } from '@/app/_i18n/server'
import { StyleMap } from '@/app/_scores/style-map'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { PageHead } from '@/app/_ui/page-head'
import { Comparison } from '@/app/projects/[projectId]/submissions/compare/_components/comparison'
import { LineageTable } from '@/app/projects/[projectId]/submissions/compare/_components/lineage-table'
import { Scorecards } from '@/app/projects/[projectId]/submissions/compare/_components/scorecards'
import { writerName } from '@/app/projects/[projectId]/stories/_writer-name'
import { findScoring } from '@/lib/stages/stories/scoring'
import { mostCompared } from '@/lib/stages/submissions/compare'
import { changedSince } from '@/lib/stages/submissions/history'
import { lineages } from '@/lib/stages/submissions/lineage'
import { stylePoints } from '@/lib/stages/submissions/style-points'
import { checkOf, findSubmission, type SubmissionWithRun } from '@/lib/stages/submissions/submissions'

type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

const view = z.object({
  /** Repeated, or one list with commas. */
  ids: z.union([z.string().transform((text) => text.split(',')), z.array(z.string())]).catch([]),
  all: z.string().optional().catch(undefined),
})

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('submissions'))('compareTitle') }
}

/** Two to four submissions of one test file: their rows, their scorecards, and what was different about them. */
export default async function ComparePage({ params, searchParams }: Props) {
  const [{ projectId }, query] = await Promise.all([params, searchParams])
  const { ids, all } = view.parse(query)
  const [t, words] = await Promise.all([getTranslator('submissions'), getTranslator('compare')])
  const found = await Promise.all([...new Set(ids)].slice(0, mostCompared).map((id) => findSubmission(projectId, id)))
  const submissions = found.filter((submission) => submission !== null)
  const isAlike = submissions.every(({ storyRun }) => storyRun.testFileId === submissions[0]?.storyRun.testFileId)
  const back = <LinkButton href={`/projects/${projectId}/submissions`} small>{t('backToList')}</LinkButton>
  if (submissions.length < 2 || !isAlike) {
    return (
      <>
        <PageHead title={t('compareTitle')} />
        <EmptyState action={back}>{submissions.length < 2 ? t('compareFew') : t('compareUnlike')}</EmptyState>
      </>
    )
  }
  const [changed, scorings, made, points] = await Promise.all([changedSince(submissions), Promise.all(submissions.map(({ storyRunId }) => findScoring(storyRunId))), lineages(submissions.map(({ id }) => id)), stylePoints(submissions.map(({ storyRunId }) => storyRunId))])
  const columns = submissions.map((submission) => ({
    id: submission.id,
    name: t('submission', { ordinal: submission.ordinal }),
    writer: writerName(submission.storyRun),
    download: isPassed(submission) ? `/api/submissions/${submission.id}/download` : null,
  }))
  const chosen = new URLSearchParams(columns.map(({ id }) => ['ids', id]))
  return (
    <ClientMessages areas={['submissions', 'compare', 'scores', 'stories', 'story-tries']}>
      <PageHead title={t('compareTitle')} note={columns.map(({ name }) => name).join(' · ')} actions={<><LinkButton href={`/projects/${projectId}/submissions/votes?${chosen}`} small>{words('toVotes')}</LinkButton><LinkButton href={`/projects/${projectId}/submissions/report?${chosen}`} small>{words('toReport')}</LinkButton>{back}</>} />
      <Comparison columns={columns} />
      <h2 className="mt-10 mb-2 text-lg font-semibold">{words('scorecard')}</h2>
      {changed.length > 0 && <p className="mt-0 mb-2 text-sm text-gamboge-text">{words('changedSince', { names: changed.map(({ ordinal }) => t('submission', { ordinal })).join(' · ') })}</p>}
      <Scorecards columns={columns} scorings={scorings} />
      {points.length > 0 && (
        <>
          <h2 className="mt-10 mb-2 text-lg font-semibold">{words('styles')}</h2>
          <StyleMap points={points} nameOf={(run) => columns[submissions.findIndex(({ storyRunId }) => storyRunId === run)]?.name ?? '–'} />
        </>
      )}
      <h2 className="mt-10 mb-2 text-lg font-semibold">{words('lineage')}</h2>
      <LineageTable projectId={projectId} lineages={made} showsAll={all !== undefined} toggle={`?${chosen}${all === undefined ? '&all=1' : ''}`} />
    </ClientMessages>
  )
}

function isPassed(submission: SubmissionWithRun): boolean {
  const check = checkOf(submission)
  return check !== null && check.problems.length + check.moreProblems === 0 && submission.sha256 !== null
}
