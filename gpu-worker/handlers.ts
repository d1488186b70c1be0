import type { Handlers } from '@/gpu-worker/run-job'

/** Every kind of job and what does it; one without a handler does not compile. */
export const handlers: Handlers = {
}
