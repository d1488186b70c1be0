import { describe, expect, test } from 'vitest'
import { MolianError } from '@/lib/errors'
import { withMemoryAdvice } from '@/gpu-worker/stages/train-adapter/memory-advice'

const settings = { batchSize: 6, accumulation: 2, gradientCheckpointing: 'off', maxLength: 1000, devices: 1 } as const
const outOfMemory = new MolianError('training.out-of-memory', { what: 'device memory' })

describe('what is proposed where memory ran out', () => {
  test.each([
    ['two processes on a CPU', { devices: 2 }, 'cpu', { problem: 'training.try-fewer-devices', devices: 2 }],
    ['two GPUs', { devices: 2 }, 'cuda', { problem: 'training.try-smaller-batch', batch: 3, accumulation: 4 }],
    ['a batch that halves', {}, 'cpu', { problem: 'training.try-smaller-batch', batch: 3, accumulation: 4 }],
    ['one that does not', { batchSize: 5, accumulation: 1 }, 'cpu', { problem: 'training.try-smaller-batch', batch: 1, accumulation: 5 }],
    ['one pair at a time', { batchSize: 1 }, 'cpu', { problem: 'training.try-checkpointing' }],
    ['activations recomputed already', { batchSize: 1, gradientCheckpointing: 'on' }, 'cuda', { problem: 'training.try-shorter', length: 1000, shorter: 448 }],
    ['nothing left to change', { batchSize: 1, gradientCheckpointing: 'on', maxLength: 256 }, 'cuda', { problem: 'training.try-smaller-model' }],
  ] as const)('%s', (_, changes, kind, params) => {
    const error = withMemoryAdvice(outOfMemory, { ...settings, ...changes }, { kind })
    expect(error).toMatchObject({ code: 'training.out-of-memory', params: { what: 'device memory', ...params } })
  })

  test('reads as one sentence in both languages', () => {
    const error = withMemoryAdvice(outOfMemory, settings, { kind: 'cuda' })
    if (!(error instanceof MolianError)) throw new Error('No MolianError')
    expect(error.sentence('en')).toBe('There was not enough memory on the GPU for this training. Set the batch size to 3 and the accumulation to 4: the result stays the same.')
    expect(error.sentence('zh')).toBe('显存不足，无法训练。把批大小设为 3、累积设为 4：结果不变。')
  })

  test('a trainer that the system killed is told as such, one of its processes by its number', () => {
    expect(withMemoryAdvice(new MolianError('process.killed', { program: 'train_adapter.py' }), settings, { kind: 'cpu' })).toMatchObject({ code: 'training.killed', params: { batch: 3 } })
    expect(withMemoryAdvice(new MolianError('training.rank-killed', { rank: 1, signal: 'SIGKILL' }), settings, { kind: 'cuda' })).toMatchObject({ code: 'training.rank-killed', params: { rank: 1, batch: 3 } })
  })

  test('any other error stays as it is', () => {
    const other = new MolianError('training.nan-loss', { step: 3, rate: 1 })
    expect(withMemoryAdvice(other, settings, { kind: 'cpu' })).toBe(other)
    expect(withMemoryAdvice('a string', settings, { kind: 'cpu' })).toBe('a string')
  })
})
