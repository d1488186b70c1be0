'use client'

import { Link } from '@/app/_ui/link'
import { useFormatter, useTranslations } from 'use-intl/react'
import type { RunningJob } from '@/app/_ui/frame/stage-state'
import { Bar } from '@/app/_ui/progress-bar'
import { clock } from '@/lib/clock'

/** What runs now, on every page: name, count, bar and what is left; only the share where there is little room. */
export function RunningJobLine({ job }: { job: RunningJob }) {
  const t = useTranslations('ui')
  const format = useFormatter()
  const share = Math.min(1, job.done / Math.max(1, job.total))
  const percent = format.number(share, { style: 'percent', maximumFractionDigits: 0 })
  const counts = job.counts === 'share' ? percent : `${format.number(job.done)} / ${format.number(job.total)}`
  return (
    <Link href={job.href} className="flex min-w-0 items-center gap-2.5 rounded-base text-muted no-underline hover:text-ink">
      {/* What has no end, or none that is known, has no share of it. */}
      {job.total === 0 ? (
        <span className="max-w-32 truncate md:max-w-none">{job.title}</span>
      ) : (
        <>
          <span className="hidden truncate md:inline">{`${job.title} · ${counts}`}</span>
          <Bar label={job.title} share={share} text={counts} className="w-12 shrink-0 sm:w-[88px] xl:w-[120px]" />
          <span className="text-xs whitespace-nowrap md:hidden">{percent}</span>
        </>
      )}
      {job.left !== null && <span className="hidden whitespace-nowrap lg:inline">{t('left', { time: clock(job.left) })}</span>}
    </Link>
  )
}
