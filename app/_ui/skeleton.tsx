import { getTranslator } from '@/app/_i18n/server'
import { SkeletonBar } from '@/app/_ui/skeleton-bar'

/** The shape of a page while it is being read: head, figures, lines. */
export async function PageSkeleton({ lines = 8 }: { lines?: number }) {
  const t = await getTranslator('ui')
  return (
    <div role="status" className="grid gap-4">
      <span className="sr-only">{t('loading')}</span>
      <SkeletonBar className="h-8 w-52" />
      <div className="flex flex-wrap gap-x-8 gap-y-3">
        {[0, 1, 2, 3].map((at) => (
          <SkeletonBar key={at} className="h-11 w-24" />
        ))}
      </div>
      {Array.from({ length: lines }, (_, at) => (
        <SkeletonBar key={at} className={at % 3 === 2 ? 'w-2/3' : 'w-full'} />
      ))}
    </div>
  )
}
