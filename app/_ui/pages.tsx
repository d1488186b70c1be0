import { ArrowLeft, ArrowRight } from 'lucide-react'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'

/** Steps through a long list: which rows are shown, the page before and the page after. `href` gives the URL of a page, counted from 1. */
export async function Pages({ page, size, total, href }: { page: number; size: number; total: number; href: (page: number) => string }) {
  const [t, { number }] = await Promise.all([getTranslator('ui'), getFormatter()])
  const last = Math.max(1, Math.ceil(total / size))
  if (last === 1) return null
  const from = (page - 1) * size + 1
  return (
    <nav aria-label={t('pages')} className="mt-4 flex flex-wrap items-center gap-3">
      {page > 1 && (
        <LinkButton small href={href(page - 1)} rel="prev">
          <ArrowLeft size={14} aria-hidden />
          {t('previous')}
        </LinkButton>
      )}
      <span className="text-muted">{t('rows', { from: number(from), to: number(Math.min(total, page * size)), total: number(total) })}</span>
      {page < last && (
        <LinkButton small href={href(page + 1)} rel="next">
          {t('next')}
          <ArrowRight size={14} aria-hidden />
        </LinkButton>
      )}
    </nav>
  )
}
