import type { Handler } from '@/lib/queue/attempt'
import type { Handlers } from '@/gpu-worker/run-job'

/** A worker's handlers that do the same for every kind of job. */
export function forEveryJob(handler: Handler): Handlers {
  return {
    'read-upload': handler,
    'find-duplicates': handler,
    'revise-novels': handler,
    'cut-passages': handler,
    'write-premises': handler,
    'try-premises': handler,
    'check-pairs': handler,
    'read-pairs': handler,
    'freeze-dataset': handler,
    'count-tokens': handler,
    'download-model': handler,
    'import-adapter': handler,
    'train-adapter': handler,
    'merge-adapter': handler,
    'write-stories': handler,
    'rewrite-stories': handler,
    'serve-model': handler,
    play: handler,
    'score-stories': handler,
    'judge-stories': handler,
    'read-submission': handler,
    'make-submission': handler,
  }
}
