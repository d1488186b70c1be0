import { describe, expect, it } from 'vitest'
import { settingWarnings } from '@/lib/forecast/warnings'
import { presets } from '@/lib/settings/presets'

const lengths = { sample: [100, 200, 300, 400].map((answer) => ({ prompt: 20, answer })), trainingPairs: 40, validationPairs: 4 }
const good = { ...presets.starter.training, epochs: 2, batchSize: 4, accumulation: 1, evaluationSteps: 20, checkpointSteps: 20, maxLength: 512 }
const of = (changes: Partial<typeof good>, warmupSteps = 0, pairs = lengths) => settingWarnings({ ...good, ...changes }, warmupSteps, pairs).map(({ name, kind, figures }) => [name, kind, figures])

describe('what goes with the pairs', () => {
  it('has no warning: 40 pairs, four a step, twice through are 20 steps', () => {
    expect(of({})).toEqual([])
    expect(of({}, 19)).toEqual([])
  })

  it.each([
    [{ evaluationSteps: 21 }, 0, ['evaluationSteps', 'neverEvaluates', { steps: 20 }]],
    [{ checkpointSteps: 21 }, 0, ['checkpointSteps', 'neverSaves', { steps: 20 }]],
    [{}, 20, ['warmupSteps', 'warmsUpThroughout', { steps: 20 }]],
    [{ accumulation: 11, evaluationSteps: 1, checkpointSteps: 1 }, 0, ['batchSize', 'moreThanPairs', { together: 44, pairs: 40 }]],
    [{ maxLength: 210 }, 0, ['maxLength', 'cutsMost', { share: 0.75 }]],
    [{ maxSteps: 7, evaluationSteps: 5, checkpointSteps: 5 }, 0, ['epochs', 'capped', { steps: 7, planned: 20 }]],
  ] as const)('%j with warm-up %i is told', (changes, warmup, warning) => {
    expect(of(changes, warmup)).toEqual([warning])
  })

  it('is not asked of evaluations where there is nothing to evaluate on, nor of half the pairs being cut', () => {
    expect(of({ evaluationSteps: 1000 }, 0, { ...lengths, validationPairs: 0 })).toEqual([])
    expect(of({ maxLength: 310 })).toEqual([])
  })
})
