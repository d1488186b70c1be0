import type { JobName } from '@/lib/queue/jobs'

/** The seven stages in their order: the words of the folders, the routes and the messages. */
export const stageNames = ['novels', 'passages', 'premises', 'pairs', 'training', 'stories', 'submissions'] as const
export type StageName = (typeof stageNames)[number]

/** The stage whose page shows a job. */
export const stageOfJob: Record<JobName, StageName> = {
  'read-upload': 'novels',
  'cut-passages': 'passages',
  'write-premises': 'premises',
  'freeze-dataset': 'pairs',
  'train-adapter': 'training',
  'merge-adapter': 'training',
  'write-stories': 'stories',
  'make-submission': 'submissions',
}
