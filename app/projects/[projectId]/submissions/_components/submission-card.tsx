import { Download } from 'lucide-react'
import { Link } from '@/app/_ui/link'
import { RetryJob } from '@/app/_jobs/job-buttons'
import { JobFailure } from '@/app/_jobs/job-failure'
import { JobProgress } from '@/app/_jobs/job-progress'
import { JobStateTag } from '@/app/_jobs/job-state-tag'
import { errorLocale } from '@/app/_i18n/locale'
import { getFormatter, getLocale, getTranslator } from '@/app/_i18n/server'
import { DownloadButton } from '@/app/_ui/button'
import { ConfirmDialog } from '@/app/_ui/confirm-dialog'
import { CopyButton } from '@/app/_ui/copy-button'
import { byteSize } from '@/app/_ui/byte-size'
import { LocalTime } from '@/app/_ui/local-time'
import { Tag } from '@/app/_ui/tag'
import { removeImported, removeMade } from '@/app/projects/[projectId]/submissions/actions'
import { ChallengeScore } from '@/app/projects/[projectId]/submissions/_components/challenge-score'
import { DifferenceLine } from '@/app/projects/[projectId]/submissions/_components/difference-line'
import { MendPanel } from '@/app/projects/[projectId]/submissions/_components/mend-panel'
import { ProblemTable } from '@/app/projects/[projectId]/submissions/_components/problem-table'
import { writerName } from '@/app/projects/[projectId]/stories/_writer-name'
import { submissionSettings } from '@/lib/settings/submissions'
import { keptFile } from '@/lib/stages/submissions/kept-file'
import { mendedBy } from '@/lib/stages/submissions/mending'
import type { Difference } from '@/lib/stages/submissions/history'
import { checkOf, type SubmissionWithRun } from '@/lib/stages/submissions/submissions'
import { changeSentence } from '@/lib/submission/fix-sentences'

/** One submission: where it came from, what the checks say, and the file only when they have nothing to say. */
export async function SubmissionCard({ submission, primary, edited, siblings, difference }: { submission: SubmissionWithRun; primary: boolean; edited: number; /** Others of the same run. */ siblings: number; difference: Difference | null }) {
  const [t, history, { number }, locale] = await Promise.all([getTranslator('submissions'), getTranslator('submission-history'), getFormatter(), getLocale()])
  const { projectId, job, storyRun, ordinal, sha256, bytes } = submission
  const check = checkOf(submission)
  const problems = check ? check.problems.length + check.moreProblems : 0
  const passed = check !== null && problems === 0 && sha256 !== null
  const settings = submissionSettings.safeParse(submission.settings)
  const mending = mendedBy.safeParse(submission.mending)
  const name = t('submission', { ordinal })
  const file = await keptFile(submission)
  return (
    <article id={`submission-${ordinal}`} aria-labelledby={`submission-${ordinal}-name`} className="grid scroll-mt-20 grid-cols-[minmax(0,1fr)] gap-2.5 border-b border-line py-5 first:pt-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 id={`submission-${ordinal}-name`} className="m-0 text-base font-semibold">
          <Link href={`/projects/${projectId}/submissions/${submission.id}`} className="text-ink no-underline hover:underline">{name}</Link>
        </h2>
        {passed && <Tag kind="ok">{t('passed')}</Tag>}
        {problems > 0 && <Tag kind="bad">{t('problems', { count: problems })}</Tag>}
        {!check && <JobStateTag job={job} />}
        {file !== null && file !== 'there' && <Tag kind="bad">{history(`file.${file}`)}</Tag>}
        {edited > 0 && <Tag>{history('edited', { count: edited })}</Tag>}
        <span className="text-muted">
          <Link href={`/projects/${projectId}/stories/${storyRun.id}`} className="text-ink underline decoration-line underline-offset-4 hover:decoration-current">
            {t('from', { ordinal: storyRun.ordinal })}
          </Link>{' '}
          · {t('by', { name: writerName(storyRun) })} · {t('testFile', { rows: storyRun.testFile.rowCount })} · <LocalTime at={submission.createdAt.toISOString()} />
        </span>
        <span className="ml-auto flex flex-wrap items-center gap-3">
          {passed && file === 'there' && (
            <DownloadButton kind={primary ? 'primary' : 'plain'} href={`/api/submissions/${submission.id}/download`} download="submit.json" aria-label={`${t('download')} · ${name}`}>
              <Download size={16} aria-hidden />
              {t('download')}
            </DownloadButton>
          )}
          {job.name === 'read-submission' ? (
            <ConfirmDialog
              small
              triggerKind="quiet"
              trigger={t('remove')}
              triggerLabel={`${t('remove')} · ${name}`}
              title={t('removeTitle', { name: writerName(storyRun) })}
              removes={[t('removeFile'), t('removeStories'), ...(siblings > 0 ? [history('removeMade', { count: siblings })] : [])]}
              confirm={t('remove')}
              action={removeImported}
              values={{ projectId, submissionId: submission.id }}
            />
          ) : (
            <ConfirmDialog
              small
              triggerKind="quiet"
              trigger={t('remove')}
              triggerLabel={`${t('remove')} · ${name}`}
              title={t('removeTitle', { name })}
              removes={[history('removeOwnFile'), ...(submission.challengeScore === null ? [] : [t('scored', { score: number(submission.challengeScore, { maximumFractionDigits: 9 }) })])]}
              confirm={t('remove')}
              action={removeMade}
              values={{ projectId, submissionId: submission.id }}
            >
              <p className="mt-0 mb-2">{history('removeKeeps')}</p>
            </ConfirmDialog>
          )}
          {job.state === 'cancelled' && <RetryJob job={job} name={name} small />}
        </span>
      </div>
      <JobProgress job={job} />
      <JobFailure job={job} name={name} />
      {passed && <p className="m-0 text-muted">{t('passedRows', { rows: check.rows })}</p>}
      {(submission.madeFrom || difference) && (
        <p className="m-0 flex flex-wrap gap-x-4 text-sm text-muted">
          {submission.madeFrom && <span>{history('madeFrom', { ordinal: submission.madeFrom.ordinal })}</span>}
          {mending.success && mending.data.changes.map((change) => <span key={change.kind}>{changeSentence(change, errorLocale(locale))}</span>)}
          {difference && !(mending.success && difference.rows === 0) && <DifferenceLine projectId={projectId} submissionId={submission.id} difference={difference} />}
        </p>
      )}
      {check && problems > 0 && <ProblemTable label={t('problemsOf', { ordinal })} check={check} />}
      {check && problems > 0 && <MendPanel submission={submission} check={check} />}
      {sha256 && <ChallengeScore submission={submission} />}
      {sha256 && bytes !== null && (
        <p className="m-0 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
          <span>{byteSize(bytes, locale)}</span>
          {settings.success && settings.data.minimumCharacters > 1 && <span>{t('minimum', { count: settings.data.minimumCharacters })}</span>}
          <span className="flex max-w-full min-w-0 items-center gap-2">
            <span className="whitespace-nowrap">{t('hash')}</span>
            <code className="min-w-0 truncate text-xs" title={sha256}>
              {sha256}
            </code>
            <CopyButton text={sha256} label={t('hashOf')} />
          </span>
          {check && check.rows !== check.expected && <span>{t('recordsOfRows', { records: check.rows, rows: check.expected })}</span>}
        </p>
      )}
    </article>
  )
}
