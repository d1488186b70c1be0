import { Download } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { errorLocale } from '@/app/_i18n/locale'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getFormatter, getLocale, getTranslator } from '@/app/_i18n/server'
import { byteSize } from '@/app/_ui/byte-size'
import { DownloadButton, LinkButton } from '@/app/_ui/button'
import { CopyButton } from '@/app/_ui/copy-button'
import { Facts } from '@/app/_ui/facts'
import { Link } from '@/app/_ui/link'
import { LocalTime } from '@/app/_ui/local-time'
import { PageHead } from '@/app/_ui/page-head'
import { Tag } from '@/app/_ui/tag'
import { JobFailure } from '@/app/_jobs/job-failure'
import { JobProgress } from '@/app/_jobs/job-progress'
import { ChallengeScore } from '@/app/projects/[projectId]/submissions/_components/challenge-score'
import { MendPanel } from '@/app/projects/[projectId]/submissions/_components/mend-panel'
import { ProblemTable } from '@/app/projects/[projectId]/submissions/_components/problem-table'
import { ChangedRows } from '@/app/projects/[projectId]/submissions/[submissionId]/_components/changed-rows'
import { SiblingTable } from '@/app/projects/[projectId]/submissions/[submissionId]/_components/sibling-table'
import { writerName } from '@/app/projects/[projectId]/stories/_writer-name'
import { beforeOf, editedRows } from '@/lib/stages/submissions/history'
import { keptFile } from '@/lib/stages/submissions/kept-file'
import { mendedBy } from '@/lib/stages/submissions/mending'
import { checkOf, findSubmission, listSubmissions } from '@/lib/stages/submissions/submissions'
import { changeSentence } from '@/lib/submission/fix-sentences'

type Props = { params: Promise<{ projectId: string; submissionId: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

const view = z.object({ row: z.coerce.number().int().min(1).optional().catch(undefined), than: z.string().optional().catch(undefined) })

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { projectId, submissionId } = await params
  const [t, submission] = await Promise.all([getTranslator('submissions'), findSubmission(projectId, submissionId)])
  return { title: submission ? t('submission', { ordinal: submission.ordinal }) : t('title') }
}

/** One submission: its file and what the check says, what it was made from, the run's others, and row by row what is not as in the one before. */
export default async function SubmissionPage({ params, searchParams }: Props) {
  const [{ projectId, submissionId }, query] = await Promise.all([params, searchParams])
  const [t, history, { number }, locale, submission, all, edited] = await Promise.all([
    getTranslator('submissions'), getTranslator('submission-history'), getFormatter(), getLocale(), findSubmission(projectId, submissionId), listSubmissions(projectId), editedRows(projectId),
  ])
  if (!submission) notFound()
  const { row, than } = view.parse(query)
  const { ordinal, sha256, bytes, storyRun, job, madeFrom } = submission
  const check = checkOf(submission)
  const problems = check ? check.problems.length + check.moreProblems : 0
  const isPassed = check !== null && problems === 0 && sha256 !== null
  const made = all.filter((each) => each.sha256 !== null && each.storyRun.testFileId === storyRun.testFileId)
  const before = made.find(({ id }) => id === than && id !== submission.id) ?? beforeOf(submission, made)
  const file = await keptFile(submission)
  const mended = mendedBy.safeParse(submission.mending).data
  return (
    <ClientMessages areas={['submissions', 'jobs']}>
      <PageHead
        title={t('submission', { ordinal })}
        tags={<>{isPassed && <Tag kind="ok">{t('passed')}</Tag>}{problems > 0 && <Tag kind="bad">{t('problems', { count: problems })}</Tag>}{file !== null && file !== 'there' && <Tag kind="bad">{history(`file.${file}`)}</Tag>}</>}
        note={writerName(storyRun)}
        actions={
          <>
            {isPassed && file === 'there' && (
              <DownloadButton kind="primary" href={`/api/submissions/${submission.id}/download`} download="submit.json">
                <Download size={16} aria-hidden />
                {t('download')}
              </DownloadButton>
            )}
            {sha256 && <LinkButton href={`/projects/${projectId}/submissions/report?ids=${submission.id}`}>{history('toReport')}</LinkButton>}
            <LinkButton href={`/projects/${projectId}/submissions`}>{t('backToList')}</LinkButton>
          </>
        }
      />
      <JobProgress job={job} />
      <JobFailure job={job} name={t('submission', { ordinal })} />
      <Facts
        facts={[
          { label: history('rows'), value: check ? number(check.rows) : '–', hint: check && check.rows !== check.expected ? history('of', { rows: check.expected }) : undefined },
          { label: history('byHand'), value: number(edited.get(submission.id) ?? 0) },
          { label: history('size'), value: bytes === null ? '–' : byteSize(bytes, locale) },
          { label: history('made'), value: <LocalTime at={submission.createdAt.toISOString()} /> },
        ]}
      />
      {sha256 && (
        <p className="mt-0 mb-3 flex max-w-full min-w-0 items-center gap-2 text-sm text-muted">
          <span className="whitespace-nowrap">{t('hash')}</span>
          <code className="min-w-0 truncate text-xs" title={sha256}>{sha256}</code>
          <CopyButton text={sha256} label={t('hashOf')} />
        </p>
      )}
      <p className="mt-0 mb-3">
        {history('madeOf')} <Link href={`/projects/${projectId}/stories/${storyRun.id}`} className="text-ink underline decoration-line underline-offset-4">{t('from', { ordinal: storyRun.ordinal })}</Link>
        {madeFrom && <> · <Link href={`/projects/${projectId}/submissions/${madeFrom.id}`} className="text-ink underline decoration-line underline-offset-4">{history('madeFrom', { ordinal: madeFrom.ordinal })}</Link></>}
      </p>
      {mended && (
        <ul className="mt-0 mb-3 list-disc pl-5 text-sm">
          {mended.changes.map((change) => <li key={change.kind}>{changeSentence(change, errorLocale(locale))}</li>)}
          {mended.trims && <li>{history('trimmed')}</li>}
        </ul>
      )}
      {sha256 && <ChallengeScore submission={submission} />}
      {check && problems > 0 && (
        <div className="mt-4 grid gap-3">
          <ProblemTable label={t('problemsOf', { ordinal })} check={check} />
          <MendPanel submission={submission} check={check} />
        </div>
      )}
      <SiblingTable projectId={projectId} submission={submission} all={all} edited={edited} />
      {made.length > 1 && <ChangedRows projectId={projectId} before={before} after={submission} others={made.filter(({ id }) => id !== submission.id)} row={row ?? null} />}
    </ClientMessages>
  )
}
