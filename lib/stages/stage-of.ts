import type { Job, Upload } from '@/lib/generated/prisma/client'
import { type JobName, jobNameSchema } from '@/lib/queue/jobs'
import type { StageName } from '@/lib/stages/names'

const stageOfJob: Record<JobName, StageName | null> = {
  'read-upload': 'novels',
  'find-duplicates': 'novels',
  'revise-novels': 'novels',
  'cut-passages': 'passages',
  'write-premises': 'premises',
  'try-premises': 'premises',
  'check-pairs': 'pairs',
  'read-pairs': 'pairs',
  'freeze-dataset': 'pairs',
  'count-tokens': 'pairs',
  'download-model': null,
  'import-adapter': null,
  'train-adapter': 'training',
  'merge-adapter': 'training',
  'write-stories': 'stories',
  'rewrite-stories': 'stories',
  'serve-model': null,
  play: 'stories',
  'score-stories': 'stories',
  'judge-stories': 'submissions',
  'read-submission': 'submissions',
  'make-submission': 'submissions',
}

/** What tells a job's stage: of a reading also what is read. */
export type StagedJob = Pick<Job, 'name'> & { upload: Pick<Upload, 'kind'> | null }

/** The stage whose page shows a job: test files stand where stories are written for them. Null for an unknown kind of work, and for what belongs to the whole studio. */
export function stageOf(job: StagedJob): StageName | null {
  const name = jobNameSchema.safeParse(job.name)
  if (!name.success) return null
  return name.data === 'read-upload' && job.upload?.kind === 'test' ? 'stories' : stageOfJob[name.data]
}
