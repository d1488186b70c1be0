import { jobNameSchema } from '@/lib/queue/jobs'
import type { Job } from '@/lib/generated/prisma/client'
import { stageOfJob } from '@/lib/stages/names'

/** The page that shows what a job works on: a run's own page where it has one, else its stage's. */
export function jobHref(job: Pick<Job, 'name' | 'projectId' | 'subjectId'>): string | null {
  const name = jobNameSchema.safeParse(job.name)
  if (!name.success || job.projectId === null) return null
  const stage = `/projects/${job.projectId}/${stageOfJob[name.data]}`
  return name.data === 'train-adapter' || name.data === 'write-stories' ? `${stage}/${job.subjectId}` : stage
}
