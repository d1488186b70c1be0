'use client'

import { useState } from 'react'
import { JobLog } from '@/app/_jobs/job-log'

/** A job's log, read only once somebody opens it. */
export function LogFold({ jobId, running, summary, label }: { jobId: string; running: boolean; summary: string; label: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit text-sm text-muted hover:text-ink" aria-label={label}>
        {summary}
      </summary>
      <div className="mt-2">{isOpen && <JobLog jobId={jobId} running={running} />}</div>
    </details>
  )
}
