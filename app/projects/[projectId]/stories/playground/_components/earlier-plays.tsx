import { getTranslator } from '@/app/_i18n/server'
import { Link } from '@/app/_ui/link'
import { RelativeTime } from '@/app/_ui/local-time'
import { Tag } from '@/app/_ui/tag'
import type { PlayLine } from '@/lib/stages/playground/plays'

/** The plays of a project, the newest first: each opens as it was. */
export async function EarlierPlays({ projectId, plays, shown }: { projectId: string; plays: readonly PlayLine[]; shown: number | null }) {
  const t = await getTranslator('playground')
  if (plays.length === 0) return null
  return (
    <section aria-labelledby="plays" className="mt-10 border-t border-line pt-5">
      <h2 id="plays" className="mt-0 mb-2 text-base font-semibold">
        {t('plays')}
      </h2>
      <ol className="m-0 list-none p-0">
        {plays.map(({ ordinal, premise, writers, createdAt, isLive }) => (
          <li key={ordinal} className="border-b border-line last:border-0">
            <Link href={`/projects/${projectId}/stories/playground?play=${ordinal}`} aria-current={ordinal === shown ? 'page' : undefined} className="grid gap-x-4 gap-y-0.5 px-2 py-2 text-ink no-underline hover:bg-wash aria-[current]:bg-wash md:grid-cols-[5.5em_minmax(0,1fr)_auto]">
              <span className="flex items-center gap-2 text-sm text-muted tabular-nums">
                {t('play', { ordinal })}
              </span>
              <span className="min-w-0">
                <span lang="zh-CN" className="line-clamp-1 font-serif text-[15px] [overflow-wrap:anywhere]">
                  {premise}
                </span>
                <span className="line-clamp-1 text-sm text-muted">{writers.join(' · ')}</span>
              </span>
              <span className="text-sm text-muted">{isLive ? <Tag>{t('live')}</Tag> : <RelativeTime at={createdAt.toISOString()} />}</span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  )
}
