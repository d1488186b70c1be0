import type { Metadata } from 'next'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { PageHead } from '@/app/_ui/page-head'
import { ComparePicker } from '@/app/projects/[projectId]/submissions/_components/compare-picker'
import { ImportBox } from '@/app/projects/[projectId]/submissions/_components/import-box'
import { ScorePlot } from '@/app/projects/[projectId]/submissions/_components/score-plot'
import { SubmissionCard } from '@/app/projects/[projectId]/submissions/_components/submission-card'
import { writerName } from '@/app/projects/[projectId]/stories/_writer-name'
import { isEmptyFile } from '@/lib/stages/stories/stories'
import { listTestFiles } from '@/lib/stages/stories/test-files'
import { beforeOf, differenceBetween, editedRows } from '@/lib/stages/submissions/history'
import { scorePoints } from '@/lib/stages/submissions/score-points'
import { checkOf, listSubmissions, type SubmissionWithRun } from '@/lib/stages/submissions/submissions'

type Props = { params: Promise<{ projectId: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('submissions'))('title') }
}

export default async function SubmissionsPage({ params }: Props) {
  const { projectId } = await params
  const [t, submissions, testFiles, edited, points] = await Promise.all([getTranslator('submissions'), listSubmissions(projectId), listTestFiles(projectId), editedRows(projectId), scorePoints(projectId)])
  const made = submissions.filter(({ sha256 }) => sha256 !== null)
  const differences = new Map(await Promise.all(made.map(async (submission) => {
    const before = beforeOf(submission, made)
    return [submission.id, before && (await differenceBetween(before, submission))] as const
  })))
  const comparable = submissions
    .filter((submission) => submission.sha256 !== null && !isEmptyFile({ ...submission.storyRun, job: submission.job }))
    .map((submission) => ({ id: submission.id, ordinal: submission.ordinal, writer: writerName(submission.storyRun), testFileId: submission.storyRun.testFileId }))
  const canCompare = comparable.some((one) => comparable.some((other) => other.id !== one.id && other.testFileId === one.testFileId))
  const passed = submissions.filter(isPassed)
  // What was trained for is what a person most likely hands in; the untuned model's is there to compare.
  const first = passed.find((submission) => submission.storyRun.model?.kind === 'merged') ?? passed[0]
  return (
    <ClientMessages areas={['submissions', 'jobs', 'scores', 'score-plot']}>
      <PageHead
        title={t('title')}
        note={submissions.length > 0 && t('note')}
        actions={submissions.length > 1 && <LinkButton href={`/projects/${projectId}/submissions/votes`}>{t('votes')}</LinkButton>}
      />
      {submissions.length === 0 && (
        <EmptyState
          action={
            <LinkButton kind="primary" href={`/projects/${projectId}/stories`}>
              {t('toStories')}
            </LinkButton>
          }
        >
          {t('empty')}
        </EmptyState>
      )}
      {canCompare && <ComparePicker projectId={projectId} submissions={comparable} />}
      {submissions.map((submission) => (
        <SubmissionCard key={submission.id} submission={submission} primary={submission.id === first?.id} edited={edited.get(submission.id) ?? 0} siblings={submissions.filter(({ storyRunId }) => storyRunId === submission.storyRunId).length - 1} difference={differences.get(submission.id) ?? null} />
      ))}
      {points.length > 0 && <ScorePlot points={points} />}
      {testFiles.length > 0 && <ImportBox projectId={projectId} testFiles={testFiles.map(({ id, rowCount, upload }) => ({ id, rows: rowCount, fileName: upload.fileName }))} />}
    </ClientMessages>
  )
}

function isPassed(submission: SubmissionWithRun): boolean {
  const check = checkOf(submission)
  return check !== null && check.problems.length === 0 && check.moreProblems === 0 && submission.sha256 !== null
}
