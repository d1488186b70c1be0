import { DownloadButton } from '@/app/_ui/button'
import { cx } from '@/app/_ui/cx'
import { Prose } from '@/app/_ui/prose'
import { Tag } from '@/app/_ui/tag'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { writerName } from '@/app/projects/[projectId]/stories/_writer-name'
import { storyFlaws } from '@/lib/llm/story-flaws'
import { checkOf, type ComparedRow, type SubmissionWithRun } from '@/lib/stages/submissions/submissions'

/** 甲 乙 丙 丁: each column has a letter as well as a colour. */
const marks = [
  { name: 'column.0', colour: 'text-azurite' },
  { name: 'column.1', colour: 'text-plum' },
  { name: 'column.2', colour: 'text-ochre-text' },
  { name: 'column.3', colour: 'text-malachite-text' },
] as const

/** One submission's story for the row, set for reading, with its facts below. */
export async function StoryColumn({ at, submission, story }: { at: number; submission: SubmissionWithRun; story: ComparedRow['stories'][number] }) {
  const [t, words, { number }] = await Promise.all([getTranslator('submissions'), getTranslator('stories'), getFormatter()])
  const mark = marks[at] ?? marks[0]
  const check = checkOf(submission)
  const passed = check !== null && check.problems.length + check.moreProblems === 0 && submission.sha256 !== null
  const name = t('submission', { ordinal: submission.ordinal })
  const finish = (reason: string) => (reason === 'stop' || reason === 'length' ? words(`finish.${reason}`) : words('finish.other', { reason }))
  const flaw = (text: string) => {
    const known = storyFlaws.find((each) => each === text)
    return known ? words(`flaw.${known}`) : text
  }
  return (
    <section aria-label={`${t(mark.name)} · ${name}`} className="min-w-0 border-t border-line px-0 py-5 md:border-t-0 md:border-l md:px-7 md:first:border-l-0 md:first:pl-0 md:last:pr-0">
      <header className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1">
        <b className={cx('font-serif text-lg', mark.colour)}>{t(mark.name)}</b>
        <span className="font-semibold">{name}</span>
        <span className="[overflow-wrap:anywhere] text-muted">{writerName(submission.storyRun)}</span>
        {passed && (
          <DownloadButton small kind="quiet" className="ml-auto" href={`/api/submissions/${submission.id}/download`} download="submit.json" aria-label={`${t('download')} · ${name}`}>
            submit.json
          </DownloadButton>
        )}
      </header>
      {story === null ? (
        <p className="m-0 text-muted">{t('noStory')}</p>
      ) : (
        <>
          <Prose text={story.text} />
          <p className="mt-5 mb-0 flex flex-wrap items-center gap-x-5 gap-y-1 text-sm text-muted">
            <span>
              {t('characters')} <b className="font-semibold text-ink">{number(story.characters)}</b>
            </span>
            <span>
              {t('finish')} <b className="font-semibold text-ink">{finish(story.finishReason)}</b>
            </span>
            {story.flaws.map((each) => (
              <Tag key={each} kind="warn">
                {flaw(each)}
              </Tag>
            ))}
          </p>
        </>
      )}
    </section>
  )
}
