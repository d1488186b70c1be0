import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Silence } from '@/gpu-worker/stages/train-adapter/silence'

const minute = 60_000
const said: number[] = []
let silence: Silence

beforeEach(() => {
  vi.useFakeTimers()
  said.length = 0
  silence = new Silence((minutes) => said.push(minutes), 10 * minute)
})

afterEach(() => {
  silence.close()
  vi.useRealTimers()
})

test('ten minutes without a word are said, once, and a second time only after a word in between', () => {
  vi.advanceTimersByTime(9 * minute)
  expect(said).toEqual([])
  vi.advanceTimersByTime(30 * minute)
  expect(said).toEqual([10])
  silence.heard()
  vi.advanceTimersByTime(1 * minute)
  expect(said).toEqual([10])
})

test('who has taken long before is given longer', () => {
  vi.advanceTimersByTime(8 * minute)
  silence.heard()
  vi.advanceTimersByTime(39 * minute)
  expect(said).toEqual([])
  vi.advanceTimersByTime(2 * minute)
  expect(said).toEqual([40])
})

test('closed, it says nothing more', () => {
  silence.close()
  vi.advanceTimersByTime(60 * minute)
  expect(said).toEqual([])
})
