import { describe, expect, it } from 'vitest'
import { formValuesOf } from '@/app/_settings/setting-values'
import { settingSpecs, settingsForm } from '@/app/_settings/setting-spec'
import * as training from '@/app/projects/[projectId]/training/_components/setting-groups'
import * as stories from '@/app/projects/[projectId]/stories/_components/setting-groups'
import { presetNames, presets } from '@/lib/settings/presets'
import { storySampling } from '@/lib/settings/stories'
import { trainingSettings } from '@/lib/settings/training'
import { trainingPresets } from '@/lib/settings/presets/training'

const form = settingsForm(trainingSettings)
/** What a browser sends: texts, an unticked switch and an empty list not at all, a single tick not as a list. */
const sent: Record<string, unknown> = { ...texts(presets.starter.training), projectId: 'beside the settings' }

function texts(settings: object): Record<string, unknown> {
  const entries = Object.entries(settings).flatMap(([name, value]): [string, unknown][] => (value === false || (Array.isArray(value) && value.length === 0) ? [] : [[name, Array.isArray(value) ? value : value === true ? 'on' : String(value)]]))
  return Object.fromEntries(entries)
}

describe('a form of settings', () => {
  it.each(presetNames)('gives back the preset %s as it is', (name) => {
    expect(form.parse({ ...texts(presets[name].training) })).toEqual(presets[name].training)
    expect(settingsForm(storySampling).parse(texts(presets[name].stories.sampling))).toEqual(presets[name].stories.sampling)
  })

  it.each(Object.entries(trainingPresets))('gives back the training preset %s as it is, with the base model it is used for', (_, preset) => {
    const settings = { ...preset, baseModel: 'starter' }
    expect(form.parse(texts(settings))).toEqual(settings)
  })

  it('takes one tick for a list, and none for an empty one', () => {
    expect(form.parse({ ...sent, targets: 'q_proj' }).targets).toEqual(['q_proj'])
    const { targets: _, ...none } = sent
    expect(form.safeParse(none).error?.issues[0]?.path).toEqual(['targets'])
  })

  it.each([
    ['learningRate', '0'],
    ['learningRate', '-1'],
    ['learningRate', 'NaN'],
    ['learningRate', '1e9'],
    ['learningRate', 'schnell'],
    ['learningRate', undefined],
    ['rank', '0'],
    ['rank', '1000000'],
    ['rank', '8.5'],
    ['batchSize', '0'],
    ['dropout', '1'],
    ['schedule', 'sideways'],
    ['baseModel', undefined],
  ])('says at the field %s what is wrong with %s', (name, value) => {
    const result = form.safeParse({ ...sent, [name]: value })
    expect(result.error?.issues.map((issue) => issue.path.join('.'))).toEqual([name])
  })

  it('reads numbers as people write them', () => {
    expect(form.parse({ ...sent, learningRate: ' 1e-4 ', epochs: '2.0' })).toMatchObject({ learningRate: 1e-4, epochs: 2 })
    expect(formValuesOf({ learningRate: 1e-4, seed: 42, on: true, list: ['a'] })).toEqual({ learningRate: '0.0001', seed: '42', on: true, list: ['a'] })
  })
})

describe('what a form shows of its settings', () => {
  it('comes from the schema: hint, range, options', () => {
    const specs = settingSpecs(trainingSettings, 'en')
    const of = (name: string) => specs.find((spec) => spec.name === name)
    expect(of('rank')).toMatchObject({ kind: 'number', integer: true, minimum: 1, maximum: 512, aboveMinimum: false })
    expect(of('learningRate')).toMatchObject({ kind: 'number', integer: false, minimum: 0, maximum: 1, aboveMinimum: true })
    expect(of('dropout')).toMatchObject({ minimum: 0, maximum: 1, belowMaximum: true })
    expect(of('schedule')).toMatchObject({ kind: 'choice', options: expect.arrayContaining(['cosine', 'linear', 'constant', 'warmup_stable_decay']) })
    expect(of('targets')).toMatchObject({ kind: 'choices', options: expect.arrayContaining(['q_proj', 'down_proj']) })
    expect(of('gradientCheckpointing')).toMatchObject({ kind: 'choice', options: ['auto', 'on', 'off'] })
    expect(of('packing')).toMatchObject({ kind: 'switch' })
    expect(specs.every((spec) => spec.hint !== '')).toBe(true)
    expect(settingSpecs(trainingSettings, 'zh').map((spec) => spec.hint)).not.toEqual(specs.map((spec) => spec.hint))
  })

  it('is every setting, once', () => {
    const shown = [...training.simpleSettings, ...training.groupNames.flatMap((group): string[] => [...training.advancedGroups[group]])]
    expect(['baseModel', ...shown].sort()).toEqual(Object.keys(trainingSettings.shape).sort())
    const sampling = [...stories.simpleSettings, ...stories.groupNames.flatMap((group): string[] => [...stories.advancedGroups[group]])]
    expect(sampling.sort()).toEqual(Object.keys(storySampling.shape).sort())
  })
})
