import { z } from 'zod'

/** What a job can need of the machine that runs it. */
export type Need = 'nothing' | 'device' | 'engine'

/**
 * Every kind of work there is: what its subject row is, and whether it needs this machine's device, itself or the engine on it.
 * `by-writer` means: only when the run's writer is this machine's own engine.
 */
export const jobCatalogue = {
  'read-upload': { subject: 'upload', need: 'nothing' },
  'find-duplicates': { subject: 'duplicate_search', need: 'nothing' },
  'revise-novels': { subject: 'revision_run', need: 'nothing' },
  'cut-passages': { subject: 'passage_set', need: 'nothing' },
  'write-premises': { subject: 'premise_run', need: 'by-writer' },
  'try-premises': { subject: 'premise_trial', need: 'by-writer' },
  'check-pairs': { subject: 'pair_check', need: 'nothing' },
  'read-pairs': { subject: 'pair_import', need: 'nothing' },
  'freeze-dataset': { subject: 'dataset_version', need: 'nothing' },
  'count-tokens': { subject: 'token_count', need: 'nothing' },
  'download-model': { subject: 'model_download', need: 'nothing' },
  'import-adapter': { subject: 'adapter_import', need: 'nothing' },
  'train-adapter': { subject: 'training_run', need: 'device' },
  'merge-adapter': { subject: 'adapter', need: 'device' },
  'write-stories': { subject: 'story_run', need: 'by-writer' },
  'rewrite-stories': { subject: 'story_rewrite', need: 'by-writer' },
  'serve-model': { subject: 'serving', need: 'engine' },
  play: { subject: 'play', need: 'by-writer' },
  'score-stories': { subject: 'story_scoring', need: 'nothing' },
  'judge-stories': { subject: 'judge_run', need: 'by-writer' },
  'read-submission': { subject: 'story_run', need: 'nothing' },
  'make-submission': { subject: 'submission', need: 'nothing' },
} as const satisfies Record<string, { subject: string; need: Need | 'by-writer' }>

export type JobName = keyof typeof jobCatalogue

export const jobNameSchema = z.enum(Object.keys(jobCatalogue) as [JobName, ...JobName[]])

/** The lane follows from what the job needs: the one place that says so. */
export function laneOf(name: JobName, writer: 'engine' | 'endpoint' | 'none' = 'none'): 'cpu' | 'gpu' {
  const { need } = jobCatalogue[name]
  switch (need) {
    case 'nothing':
      return 'cpu'
    case 'device':
    case 'engine':
      return 'gpu'
    case 'by-writer':
      return writer === 'engine' ? 'gpu' : 'cpu'
  }
}

/** Whether a job has the device to itself, so that an engine there must end first. */
export function needsDeviceItself(name: JobName): boolean {
  return jobCatalogue[name].need === 'device'
}

/** What travels through the queue: an id. Everything else is in the row. */
export const bellSchema = z.object({ jobId: z.uuid() })
export type Bell = z.infer<typeof bellSchema>
