import { expect } from 'vitest'
import { LeaseLost } from '@/lib/queue/lease'
import { Stopped } from '@/gpu-worker/attempt/stop'

/** The attempt ends because its job is another's: refused at a write, or told so by its signal, whichever comes first. */
export async function expectLeaseLost(work: Promise<unknown>): Promise<void> {
  const end = await work.then(() => null, (error: unknown) => error)
  expect(end instanceof LeaseLost || (end instanceof Stopped && end.reason === 'lease-lost'), String(end)).toBe(true)
}
