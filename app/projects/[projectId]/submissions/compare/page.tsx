import type { Metadata } from 'next'
import { z } from 'zod'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { PageHead } from '@/app/_ui/page-head'
import { Tag } from '@/app/_ui/tag'
import { RowNav } from '@/app/projects/[projectId]/submissions/compare/_components/row-nav'
import { StoryColumn } from '@/app/projects/[projectId]/submissions/compare/_components/story-column'
import { compareRows, findSubmission } from '@/lib/stages/submissions/submissions'

type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

const most = 4
const view = z.object({
  /** Repeated, or one list with commas. */
  ids: z.union([z.string().transform((text) => text.split(',')), z.array(z.string())]).catch([]),
  row: z.coerce.number().int().min(1).catch(1),
})

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('submissions'))('compareTitle') }
}

export default async function ComparePage({ params, searchParams }: Props) {
  const { projectId } = await params
  const { ids, row } = view.parse(await searchParams)
  const t = await getTranslator('submissions')
  const found = await Promise.all([...new Set(ids)].slice(0, most).map((id) => findSubmission(projectId, id)))
  const submissions = found.filter((submission) => submission !== null)
  const known = submissions.map((submission) => submission.id)
  const { total, rows } = submissions.length < 2 ? { total: 0, rows: [] } : await compareRows(known, { take: 1, skip: row - 1 })
  const shown = rows[0]
  const back = (
    <LinkButton href={`/projects/${projectId}/submissions`} small>
      {t('backToList')}
    </LinkButton>
  )
  if (total === 0) {
    return (
      <>
        <PageHead title={t('compareTitle')} />
        <EmptyState action={back}>{submissions.length < 2 ? t('compareFew') : t('compareUnlike')}</EmptyState>
      </>
    )
  }
  return (
    <ClientMessages areas={['submissions']}>
      <PageHead
        title={t('compareTitle')}
        actions={
          <>
            <RowNav row={Math.min(row, total)} total={total} ids={known} />
            {back}
          </>
        }
      />
      {!shown && <EmptyState>{t('rowMissing')}</EmptyState>}
      {shown && (
        <article aria-label={t('of', { row, total })}>
          <p lang="zh-CN" className="mt-0 mb-4 max-w-[44em] font-serif text-lg leading-relaxed">
            <span className="sr-only">{t('premise')}: </span>
            {shown.premise} <Tag>{t('row', { row: shown.ordinal + 1 })}</Tag>
          </p>
          <div role="region" aria-label={t('compareTitle')} tabIndex={0} className="border-line md:grid md:auto-cols-[minmax(300px,1fr)] md:grid-flow-col md:overflow-x-auto md:border-t">
            {submissions.map((submission, at) => (
              <StoryColumn key={submission.id} at={at} submission={submission} story={shown.stories[at] ?? null} />
            ))}
          </div>
        </article>
      )}
    </ClientMessages>
  )
}
