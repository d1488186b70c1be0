import { expect, test } from 'vitest'
import { stopReasonOf, Stopped } from '@/gpu-worker/attempt/stop'
import { LeaseLost } from '@/lib/queue/lease'

const never = new AbortController().signal

test('an attempt that is not to stop has no reason to', () => {
  expect(stopReasonOf(never)).toBeNull()
})

test.each(['cancel', 'shutdown', 'lease-lost'] as const)('%s is told as it was said, through a combined signal too', (reason) => {
  const signal = AbortSignal.abort(new Stopped(reason))
  expect(stopReasonOf(signal)).toBe(reason)
  expect(stopReasonOf(AbortSignal.any([never, signal]))).toBe(reason)
})

test('a refused write tells of the lost lease before the heartbeat does', () => {
  const refused = AbortSignal.abort(new LeaseLost('Job x is no longer in epoch 1'))
  expect(stopReasonOf(AbortSignal.any([never, refused]))).toBe('lease-lost')
})

test('whatever else went wrong lets the work be taken up again', () => {
  expect(stopReasonOf(AbortSignal.abort(new Error('the disk is full')))).toBe('shutdown')
})
