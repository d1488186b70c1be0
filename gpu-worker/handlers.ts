import type { Handlers } from '@/gpu-worker/run-job'
import { checkPairs } from '@/gpu-worker/stages/check-pairs'
import { countTokens } from '@/gpu-worker/stages/count-tokens'
import { cutPassagesOfSet } from '@/gpu-worker/stages/cut-passages'
import { downloadModel } from '@/gpu-worker/stages/download-model'
import { findDuplicates } from '@/gpu-worker/stages/find-duplicates'
import { freezeDataset } from '@/gpu-worker/stages/freeze-dataset'
import { importAdapter } from '@/gpu-worker/stages/import-adapter'
import { judgeStories } from '@/gpu-worker/stages/judge-stories'
import { makeSubmission } from '@/gpu-worker/stages/make-submission'
import { mergeAdapter } from '@/gpu-worker/stages/merge-adapter'
import { play } from '@/gpu-worker/stages/play'
import { readPairs } from '@/gpu-worker/stages/read-pairs'
import { readSubmission } from '@/gpu-worker/stages/read-submission'
import { readUpload } from '@/gpu-worker/stages/read-upload'
import { reviseNovels } from '@/gpu-worker/stages/revise-novels'
import { rewriteStories } from '@/gpu-worker/stages/rewrite-stories'
import { scoreStories } from '@/gpu-worker/stages/score-stories'
import { serveModel } from '@/gpu-worker/stages/serve-model'
import { trainAdapter } from '@/gpu-worker/stages/train-adapter'
import { tryPremises } from '@/gpu-worker/stages/try-premises'
import { writePremises } from '@/gpu-worker/stages/write-premises'
import { writeStories } from '@/gpu-worker/stages/write-stories'

/** Every kind of job and what does it; one without a handler does not compile. */
export const handlers: Handlers = {
  'read-upload': readUpload,
  'find-duplicates': findDuplicates,
  'revise-novels': reviseNovels,
  'cut-passages': cutPassagesOfSet,
  'write-premises': writePremises,
  'try-premises': tryPremises,
  'check-pairs': checkPairs,
  'read-pairs': readPairs,
  'freeze-dataset': freezeDataset,
  'count-tokens': countTokens,
  'download-model': downloadModel,
  'import-adapter': importAdapter,
  'train-adapter': trainAdapter,
  'merge-adapter': mergeAdapter,
  'write-stories': writeStories,
  'rewrite-stories': rewriteStories,
  'serve-model': serveModel,
  play,
  'score-stories': scoreStories,
  'judge-stories': judgeStories,
  'read-submission': readSubmission,
  'make-submission': makeSubmission,
}
