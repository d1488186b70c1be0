import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { Link } from '@/app/_ui/link'
import { Prose } from '@/app/_ui/prose'
import { TabLinks } from '@/app/_ui/tab-links'
import { Tag } from '@/app/_ui/tag'
import { changedRows, outputOf } from '@/lib/stages/submissions/history'
import type { SubmissionWithRun } from '@/lib/stages/submissions/submissions'
import type { Piece } from '@/lib/text/differences'
import { wordDifference } from '@/lib/text/word-differences'

type Props = { projectId: string; before: SubmissionWithRun | null; after: SubmissionWithRun; others: readonly SubmissionWithRun[]; row: number | null }

/** The rows in which a submission is not as another one was, each with how it came about; one is open with both texts and what differs in them. */
export async function ChangedRows({ projectId, before, after, others, row }: Props) {
  const [t, words, { number }, changed] = await Promise.all([getTranslator('submission-history'), getTranslator('submissions'), getFormatter(), before ? changedRows(before, after) : []])
  const page = `/projects/${projectId}/submissions/${after.id}`
  const at = changed.findIndex(({ ordinal }) => ordinal + 1 === row)
  const open = changed[at]
  const href = (to: number | undefined) => `${page}?than=${before?.id ?? ''}${to === undefined ? '' : `&row=${to + 1}`}#changes`
  const [was, is] = open && before ? await Promise.all([outputOf(before.id, open.ordinal), outputOf(after.id, open.ordinal)]) : [null, null]
  const pieces = was && is ? wordDifference(was.text, is.text) : null
  const side = (title: string, text: { text: string; kind: string } | null, own: readonly Piece[] | undefined) => (
    <section aria-label={title} className="min-w-0">
      <h4 className="mt-0 mb-2 flex flex-wrap items-center gap-2 text-sm font-semibold text-muted">{title}{text?.kind === 'edited' && <Tag>{t('kind.edited')}</Tag>}</h4>
      {text === null ? <p className="m-0 text-muted">{words('noStory')}</p> : (
        <Prose>{own?.map((piece, index) => (piece.alone ? <mark key={index} className="whitespace-pre-line">{piece.text}</mark> : <span key={index} className="whitespace-pre-line">{piece.text}</span>)) ?? <span className="whitespace-pre-line">{text.text}</span>}</Prose>
      )}
    </section>
  )
  return (
    <section aria-labelledby="changes" className="mt-8">
      <h2 id="changes" className="mt-0 mb-2 scroll-mt-20 text-lg font-semibold">{before ? t('changes', { ordinal: before.ordinal, rows: changed.length }) : t('changesNone')}</h2>
      {(others.length > 1 || !before) && <TabLinks label={t('than')} links={others.map((each) => ({ href: `${page}?than=${each.id}#changes`, label: words('submission', { ordinal: each.ordinal }), current: each.id === before?.id }))} />}
      {open && before && (
        <article aria-label={words('row', { row: open.ordinal + 1 })} className="mb-5 grid gap-3 rounded-base border border-line bg-raised p-4">
          <div className="flex flex-wrap items-center gap-3">
            <h3 className="m-0 text-base font-semibold">{words('row', { row: open.ordinal + 1 })}</h3>
            <Tag>{t(`kind.${open.kind}`)}</Tag>
            <span className="ml-auto flex flex-wrap gap-2">
              {at > 0 && <LinkButton small href={href(changed[at - 1]?.ordinal)}>{words('previousRow')}</LinkButton>}
              {at < changed.length - 1 && <LinkButton small href={href(changed[at + 1]?.ordinal)}>{words('nextRow')}</LinkButton>}
              <LinkButton small href={`/projects/${projectId}/stories/${after.storyRunId}?row=${open.ordinal + 1}`}>{t('toTries')}</LinkButton>
            </span>
          </div>
          <p lang="zh-CN" className="m-0 font-serif text-lg">{open.premise}</p>
          <div className="grid gap-6 md:grid-cols-2">
            {side(words('submission', { ordinal: before.ordinal }), was, pieces?.first)}
            {side(words('submission', { ordinal: after.ordinal }), is, pieces?.other)}
          </div>
        </article>
      )}
      {changed.length > 0 && <ol className="m-0 grid max-h-[420px] list-none gap-0 overflow-auto p-0" tabIndex={0} aria-label={t('rowsChanged')}>
        {changed.map(({ ordinal, premise, kind }) => (
          <li key={ordinal} className="border-b border-line">
            <Link href={href(ordinal)} aria-current={open?.ordinal === ordinal ? 'true' : undefined} className="flex items-baseline gap-3 py-2 text-ink no-underline hover:bg-wash">
              <span className="min-w-[3em] text-right text-muted tabular-nums">{number(ordinal + 1)}</span>
              <span lang="zh-CN" className="min-w-0 flex-1 truncate font-serif">{premise}</span>
              <span className="text-sm text-muted">{t(`kind.${kind}`)}</span>
            </Link>
          </li>
        ))}
      </ol>}
    </section>
  )
}
