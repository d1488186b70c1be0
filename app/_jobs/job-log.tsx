import { LogView } from '@/app/_jobs/log-view'

/** A job's log, growing while the job runs. */
export function JobLog({ jobId, running }: { jobId: string; running: boolean }) {
  return <LogView log={{ address: `/api/jobs/${jobId}/log`, topic: 'job', id: jobId }} running={running} />
}
