import { describe, expect, it } from 'vitest'
import { formValuesOf } from '@/app/_settings/setting-values'
import { changedFrom, nearest } from '@/app/projects/[projectId]/training/_components/preset-changes'
import { trainingPresets } from '@/lib/settings/presets/training'

const valuesOf = (preset: (typeof trainingPresets)[keyof typeof trainingPresets]) => {
  const { baseModel: _, ...settings } = preset
  return formValuesOf(settings)
}
const [starter, kuwen, careful] = [valuesOf(trainingPresets.starter), valuesOf(trainingPresets.kuwen), valuesOf(trainingPresets.careful)]

describe('what a form has other than a preset', () => {
  it('is named in the order of the form, and a number written otherwise is the same', () => {
    expect(changedFrom(kuwen, kuwen)).toEqual([])
    expect(changedFrom(kuwen, { ...kuwen, seed: '7', learningRate: '5e-5', maxSteps: '8' })).toEqual(['learningRate', 'maxSteps', 'seed'])
    expect(changedFrom(kuwen, { ...kuwen, learningRate: '1e-4', epochs: ' 2.0 ' })).toEqual([])
    expect(changedFrom(kuwen, { ...kuwen, epochs: '', targets: ['q_proj'], packing: true })).toEqual(['epochs', 'targets', 'packing'])
  })

  it('is held against the preset from which it differs least', () => {
    type Named = { name: string; values: typeof kuwen }
    const presets: readonly [Named, ...Named[]] = [{ name: 'starter', values: starter }, { name: 'kuwen', values: kuwen }, { name: 'careful', values: careful }]
    expect(nearest(presets, { ...kuwen, seed: '7' }).name).toBe('kuwen')
    expect(nearest(presets, { ...careful, rank: '16' }).name).toBe('careful')
  })
})
