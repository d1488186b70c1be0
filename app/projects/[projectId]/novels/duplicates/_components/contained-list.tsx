import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { decideOnNovel } from '@/app/projects/[projectId]/novels/actions'
import { ActionForm } from '@/app/_ui/action-form'
import { Link } from '@/app/_ui/link'
import { SubmitButton } from '@/app/_ui/submit-button'
import { Tag } from '@/app/_ui/tag'
import type { ContainedNovel } from '@/lib/stages/novels/contained-novels'

/** Novels that stand whole in a larger one, each with a word that leaves one of the two out. */
export async function ContainedList({ projectId, contained }: { projectId: string; contained: readonly ContainedNovel[] }) {
  const [t, { number }] = await Promise.all([getTranslator('duplicates'), getFormatter()])
  if (contained.length === 0) return null
  const href = (id: number) => `/projects/${projectId}/novels/${id}`
  return (
    <section aria-labelledby="contained" className="mb-6">
      <h2 id="contained" className="mt-0 mb-1 text-base font-semibold">{t('contained', { count: contained.length })}</h2>
      <p className="mt-0 mb-2 max-w-[44em] text-sm text-muted">{t('containedWhat')}</p>
      <ul className="m-0 list-none border-b border-line p-0">
        {contained.map((each) => (
          <li key={`${each.id}:${each.outerId}:${each.chapter ?? ''}`} className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-line py-2">
            <span className="min-w-0 flex-1 basis-64 [overflow-wrap:anywhere]">
              <Link href={href(each.outerId)}>{each.outer}</Link> {t('contains')} <Link href={href(each.id)}>{each.title}</Link>
              <span className="ml-2 text-sm text-muted">
                {each.chapter === null
                  ? t('containedShare', { shared: each.shared, chapters: each.chapters, share: number(Math.floor(each.share * 100) / 100, { style: 'percent' }) })
                  : t('containedWhole', { chapter: each.chapter, likeness: number(Math.floor(each.share * 100) / 100, { style: 'percent' }) })}
              </span>
            </span>
            {each.taking === 'left_out' || each.outerTaking === 'left_out' ? (
              <Tag kind="ok">{t('containedOut', { title: each.taking === 'left_out' ? each.title : each.outer })}</Tag>
            ) : (
              <ActionForm action={decideOnNovel} values={{ projectId, novelId: each.id, taking: 'left_out' }}>
                <SubmitButton small>{t('leaveContained', { title: each.title })}</SubmitButton>
              </ActionForm>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
