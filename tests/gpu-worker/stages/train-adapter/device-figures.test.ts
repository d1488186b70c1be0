import { expect, test } from 'vitest'
import { DeviceFigures } from '@/gpu-worker/stages/train-adapter/device-figures'

test('a step has the mean of its shares and the most of all else, told anew as they come', () => {
  const figures = new DeviceFigures()
  expect(figures.add({ cpu_percent: 50 })).toEqual([])
  figures.begin(0)
  expect(figures.add({ cpu_percent: 50, process_memory_bytes: 7 })).toEqual([{ step: 0, name: 'cpu_percent', value: 50 }, { step: 0, name: 'process_memory_bytes', value: 7 }])
  expect(figures.add({ cpu_percent: 100, process_memory_bytes: 5 })).toEqual([{ step: 0, name: 'cpu_percent', value: 75 }, { step: 0, name: 'process_memory_bytes', value: 7 }])
  // A second event of the same step (its validation) begins nothing.
  figures.begin(0)
  expect(figures.add({ cpu_percent: 90 })[0]?.value).toBe(80)
  figures.begin(1)
  expect(figures.add({ device_percent: 10, device_watts: 200 })).toEqual([{ step: 1, name: 'device_percent', value: 10 }, { step: 1, name: 'device_watts', value: 200 }])
})
