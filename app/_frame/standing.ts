import { jobHref } from '@/app/jobs/_job-link'
import type { RunningJob, StageState } from '@/app/_ui/frame/stage-state'
import { type JobName, jobNameSchema } from '@/lib/queue/jobs'
import { countsSizes, progressOf } from '@/lib/stages/jobs'
import type { LiveJob, StageStanding } from '@/lib/stages/overview'

/** What the rail says of each stage: work going on before trouble, trouble before figures. */
export function stageStates(standing: readonly StageStanding[]): StageState[] {
  return standing.map(({ stage, count, imported, live, failed }) => {
    if (live) return { stage, kind: 'running', done: live.progressDone, total: live.progressTotal }
    if (failed) return { stage, kind: 'attention', count }
    if (count === 0 && imported > 0) return { stage, kind: 'count', count: imported, isImported: true }
    return count > 0 ? { stage, kind: 'count', count } : { stage, kind: 'empty' }
  })
}

/** The job for the header: one that runs, of this project before another's. */
export function runningJobOf(jobs: readonly LiveJob[], projectId: string | undefined, title: (name: `job.${JobName}`) => string): RunningJob | null {
  // A model that is served has no end to wait for.
  const running = jobs.filter((job) => job.state === 'running' && job.phase !== 'serving')
  const job = running.find((each) => each.projectId === projectId) ?? running[0]
  const name = jobNameSchema.safeParse(job?.name)
  if (!job || !name.success) return null
  return {
    title: title(`job.${name.data}`),
    href: jobHref(job) ?? '/jobs',
    done: job.progressDone,
    total: job.progressTotal,
    counts: countsSizes(name.data) ? 'share' : undefined,
    left: progressOf(job).remainingMs,
  }
}
