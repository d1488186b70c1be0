import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { spreadFigure } from '@/app/_scores/figure-words'
import { StyleMap } from '@/app/_scores/style-map'
import { LinkButton } from '@/app/_ui/button'
import { LocalTime } from '@/app/_ui/local-time'
import { PageHead } from '@/app/_ui/page-head'
import { Prose } from '@/app/_ui/prose'
import { LineageTable } from '@/app/projects/[projectId]/submissions/compare/_components/lineage-table'
import { Scorecards } from '@/app/projects/[projectId]/submissions/compare/_components/scorecards'
import { SaveReport } from '@/app/projects/[projectId]/submissions/report/_components/save-report'
import { writerName } from '@/app/projects/[projectId]/stories/_writer-name'
import { measureName } from '@/lib/scoring/measures'
import { findScoring } from '@/lib/stages/stories/scoring'
import { mostCompared } from '@/lib/stages/submissions/compare'
import { type ExtremeRow, extremeRows } from '@/lib/stages/submissions/extreme-rows'
import { changedSince, editedRows } from '@/lib/stages/submissions/history'
import { lineages } from '@/lib/stages/submissions/lineage'
import { stylePoints } from '@/lib/stages/submissions/style-points'
import { findSubmission } from '@/lib/stages/submissions/submissions'

type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

const view = z.object({
  ids: z.union([z.string().transform((text) => text.split(',')), z.array(z.string())]).catch([]),
  measure: measureName.catch('lengthScore'),
})
const reportId = 'report'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('compare'))('report') }
}

/** One to four submissions on one page to print or keep: scorecards, spreads, best and worst stories, what they were made from. */
export default async function ReportPage({ params, searchParams }: Props) {
  const [{ projectId }, query] = await Promise.all([params, searchParams])
  const { ids, measure } = view.parse(query)
  const [t, words, scores, history, { number }, edited] = await Promise.all([getTranslator('compare'), getTranslator('submissions'), getTranslator('scores'), getTranslator('submission-history'), getFormatter(), editedRows(projectId)])
  const submissions = (await Promise.all([...new Set(ids)].slice(0, mostCompared).map((id) => findSubmission(projectId, id)))).filter((each) => each !== null)
  if (submissions.length === 0) notFound()
  const runIds = submissions.map(({ storyRunId }) => storyRunId)
  const [changed, scorings, made, points, extremes] = await Promise.all([
    changedSince(submissions),
    Promise.all(runIds.map((id) => findScoring(id))), lineages(submissions.map(({ id }) => id)), stylePoints(runIds), Promise.all(runIds.map((id) => extremeRows(id, measure))),
  ])
  const columns = submissions.map(({ id, ordinal, storyRun }) => ({ id, name: words('submission', { ordinal }), writer: writerName(storyRun), download: null }))
  const heading = (text: string) => <h2 className="mt-8 mb-2 text-lg font-semibold">{text}</h2>
  const stories = (title: string, rows: readonly ExtremeRow[]) => rows.length > 0 && (
    <>
      <h4 className="mt-4 mb-2 text-sm font-semibold text-muted">{title}</h4>
      {rows.map(({ id, ordinal, premise, text, figure, edited }) => (
        <section key={id} className="mb-5 break-inside-avoid-page">
          <p lang="zh-CN" className="mt-0 mb-1 font-serif text-lg">{premise}</p>
          <p className="mt-0 mb-2 text-sm text-muted">{words('row', { row: ordinal + 1 })} · {scores(`measure.${measure}`)} {spreadFigure(measure, figure, number)}{edited && <> · {t('byHand')}</>}</p>
          <Prose text={text} />
        </section>
      ))}
    </>
  )
  return (
    <ClientMessages areas={['compare']}>
      <PageHead
        title={t('report')}
        actions={<><SaveReport of={reportId} fileName={`molian-${submissions.map(({ ordinal }) => ordinal).join('-')}.html`} /><LinkButton href={`/projects/${projectId}/submissions`}>{words('backToList')}</LinkButton></>}
      />
      <article id={reportId} data-report className="max-w-[1100px]">
        <h1 className="mt-0 mb-1 text-xl font-semibold">{columns.map(({ name }) => name).join(' · ')}</h1>
        <p className="m-0 text-muted"><LocalTime at={new Date().toISOString()} /></p>
        {submissions.map(({ id, ordinal, sha256, storyRun }) => (
          <p key={id} className="mt-1 mb-0 text-sm [overflow-wrap:anywhere]">{words('submission', { ordinal })} · {writerName(storyRun)}{sha256 && <> · SHA-256 <code className="text-xs">{sha256}</code></>}{(edited.get(id) ?? 0) > 0 && <> · {history('edited', { count: edited.get(id) ?? 0 })}</>}</p>
        ))}
        {heading(t('scorecard'))}
        {changed.length > 0 && <p className="mt-0 mb-2 text-sm text-gamboge-text">{t('changedSince', { names: changed.map(({ ordinal }) => words('submission', { ordinal })).join(' · ') })}</p>}
        <Scorecards columns={columns} scorings={scorings} />
        {points.length > 0 && heading(t('styles'))}
        {points.length > 0 && <StyleMap points={points} nameOf={(run) => columns[runIds.indexOf(run)]?.name ?? '–'} />}
        {heading(t('lineage'))}
        <LineageTable projectId={projectId} lineages={made} showsAll toggle={null} />
        {heading(t('extremes', { measure: scores(`measure.${measure}`) }))}
        {columns.map(({ id, name }, at) => (
          <section key={id}>
            <h3 className="mt-5 mb-1 text-base font-semibold">{name}</h3>
            {stories(t('best'), extremes[at]?.best ?? [])}
            {stories(t('worst'), extremes[at]?.worst ?? [])}
          </section>
        ))}
      </article>
    </ClientMessages>
  )
}
