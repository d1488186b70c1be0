import type { Job } from '@/lib/generated/prisma/client'
import { stageOf, type StagedJob } from '@/lib/stages/stage-of'

/** The page that shows what a job works on: a run's own page where it has one, else its stage's. */
export function jobHref(job: StagedJob & Pick<Job, 'projectId' | 'subjectId'> & { storyRewrite?: { storyRunId: string } | null }): string | null {
  if (job.name === 'download-model' || job.name === 'import-adapter' || (job.name === 'merge-adapter' && job.projectId === null)) return '/models'
  if (job.name === 'serve-model') return '/engine'
  const stage = stageOf(job)
  if (stage === null || job.projectId === null) return null
  const page = `/projects/${job.projectId}/${stage}`
  if (job.name === 'try-premises') return `${page}/try`
  if (job.name === 'play') return `${page}/playground?of=${job.subjectId}`
  if (job.name === 'find-duplicates') return `${page}/duplicates`
  if (job.name === 'judge-stories') return `${page}/votes`
  if (job.storyRewrite) return `${page}/${job.storyRewrite.storyRunId}`
  return job.name === 'train-adapter' || job.name === 'write-stories' || job.name === 'write-premises' ? `${page}/${job.subjectId}` : page
}
