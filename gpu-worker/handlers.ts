import type { Handlers } from '@/gpu-worker/run-job'
import { mergeAdapter } from '@/gpu-worker/stages/merge-adapter'
import { trainAdapter } from '@/gpu-worker/stages/train-adapter'
import { writePremises } from '@/gpu-worker/stages/write-premises'
import { writeStories } from '@/gpu-worker/stages/write-stories'

/** Every kind of job and what does it; one without a handler does not compile. */
export const handlers: Handlers = {
  'write-premises': writePremises,
  'train-adapter': trainAdapter,
  'merge-adapter': mergeAdapter,
  'write-stories': writeStories,
}
