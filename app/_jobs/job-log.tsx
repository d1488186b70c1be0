'use client'

import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import * as z from 'zod/mini'
import { CopyButton } from '@/app/_ui/copy-button'
import { useFollow } from '@/app/_ui/use-follow'

const answerSchema = z.object({
  lines: z.array(z.object({ id: z.number(), source: z.string(), text: z.string(), at: z.string() })),
  earlier: z.boolean(),
  more: z.boolean(),
})
type Line = z.infer<typeof answerSchema>['lines'][number]

/** Lines that the page keeps; older ones stay in the database. */
const most = 2000

/** The end of a job's log, growing while the job runs. It follows its own end unless one has scrolled away from it. */
export function JobLog({ jobId, running }: { jobId: string; running: boolean }) {
  const t = useTranslations('jobs')
  const [lines, setLines] = useState<Line[] | null>(null)
  const [earlier, setEarlier] = useState(false)
  const last = useRef<number | null>(null)
  const box = useRef<HTMLDivElement>(null)
  const follows = useRef(true)

  useFollow('job', jobId, async function read(): Promise<void> {
    const response = await fetch(`/api/jobs/${jobId}/log${last.current === null ? '' : `?after=${last.current}`}`)
    const answer = answerSchema.parse(await response.json())
    last.current = answer.lines.at(-1)?.id ?? last.current ?? 0
    setEarlier((before) => before || answer.earlier)
    setLines((before) => continued(before, answer.lines))
    if (answer.more) await read()
  })

  useEffect(() => {
    if (box.current && follows.current) box.current.scrollTop = box.current.scrollHeight
  }, [lines])

  if (lines === null) return <p className="m-0 text-muted">{t('logReading')}</p>
  if (lines.length === 0) return <p className="m-0 text-muted">{running ? t('logNothingYet') : t('logNothing')}</p>
  return (
    <div className="grid gap-2">
      <div
        ref={box}
        role="log"
        aria-live="off"
        aria-label={t('log')}
        tabIndex={0}
        onScroll={(event) => {
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget
          follows.current = scrollHeight - scrollTop - clientHeight < 24
        }}
        className="max-h-72 overflow-auto rounded-base bg-wash px-3 py-2 font-mono text-xs leading-5"
      >
        {earlier && <p className="m-0 text-muted">{t('logEarlier')}</p>}
        {lines.map((line) => (
          <div key={line.id} className="grid grid-cols-[5em_minmax(0,1fr)] gap-x-3">
            <span className="truncate text-muted">{line.source}</span>
            <span className="[overflow-wrap:anywhere] whitespace-pre-wrap">{line.text}</span>
          </div>
        ))}
      </div>
      <div>
        <CopyButton text={lines.map((line) => `${line.at} ${line.source} ${line.text}`).join('\n')} label={t('log')} />
      </div>
    </div>
  )
}

/** Adds what is new; the same lines may come twice. */
function continued(known: Line[] | null, lines: Line[]): Line[] {
  const last = known?.at(-1)?.id ?? 0
  const fresh = lines.filter((line) => line.id > last)
  return known && fresh.length === 0 ? known : [...(known ?? []), ...fresh].slice(-most)
}
