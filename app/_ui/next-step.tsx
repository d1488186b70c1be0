import { ArrowRight } from 'lucide-react'
import { Link } from '@/app/_ui/link'
import type { ReactNode } from 'react'
import { getTranslator } from '@/app/_i18n/server'

/** Where a stage's page ends: the way to the next stage, or why it is not open yet. */
export async function NextStep({ href, children, waiting }: { href: string; children: ReactNode; waiting?: ReactNode }) {
  const t = await getTranslator('frame')
  return (
    <p className="mt-10 mb-0 flex flex-wrap items-baseline gap-x-3 border-t border-line pt-4">
      <span className="text-muted">{t('nextStep')}</span>
      {waiting ? (
        <span className="text-muted">{waiting}</span>
      ) : (
        <Link href={href} className="inline-flex items-center gap-1.5 font-semibold text-ink underline decoration-line underline-offset-4 hover:decoration-current">
          {children}
          <ArrowRight size={15} aria-hidden />
        </Link>
      )}
    </p>
  )
}
