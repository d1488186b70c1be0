import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { premiseVariables, storyVariables } from '@/lib/llm/prompt-variables'
import { checkTemplate } from '@/lib/llm/prompts'
import { hintOf } from '@/lib/settings/hint'
import { jobSettings, type JobSettings } from '@/lib/settings/job-settings'
import { novelSettings } from '@/lib/settings/novels'
import { pairSettings } from '@/lib/settings/pairs'
import { passageSettings } from '@/lib/settings/passages'
import { premisePrompt, premiseSampling } from '@/lib/settings/premises'
import { isPresetName, presetNames, presets } from '@/lib/settings/presets'
import { storyPrompt, storySampling } from '@/lib/settings/stories'
import { submissionSettings } from '@/lib/settings/submissions'
import { trainingSettings } from '@/lib/settings/training'
import { projections } from '@/lib/settings/training-choices'
import { premiseWriter, storyWriter } from '@/lib/settings/writer'

describe('presets', () => {
  it.each(presetNames)('%s is valid, whole and holds nothing unknown', (name) => {
    expect(jobSettings.parse(presets[name])).toEqual(presets[name])
  })

  it.each(presetNames)('%s has prompts that name what they need and no line too long to imitate', (name) => {
    const { premises, stories }: JobSettings = presets[name]
    expect(() => checkTemplate(premises.prompt.template, premiseVariables, 'passage')).not.toThrow()
    expect(() => checkTemplate(stories.prompt.template, storyVariables, 'premise')).not.toThrow()
    for (const { premise } of premises.prompt.examples) expect([...premise].length).toBeLessThanOrEqual(30)
  })

  it('kuwen has the numbers of the public baseline', () => {
    expect(presets.kuwen).toMatchObject({
      passages: { target: 800, limit: null },
      premises: { sampling: { temperature: 0.3, maximumCharacters: 30 } },
      training: {
        baseModel: 'Qwen2-1.5B-Instruct', rank: 8, alpha: 32, dropout: 0.1, targets: projections, learningRate: 1e-4,
        batchSize: 4, accumulation: 4, epochs: 2, maxLength: 2048, precision: 'bfloat16', gradientCheckpointing: 'auto',
      },
      stories: { sampling: { temperature: 0.7, topP: 0.7 } },
    })
  })

  it('are known by name alone', () => {
    expect(presetNames.every(isPresetName)).toBe(true)
    expect(isPresetName('constructor')).toBe(false)
  })
})

describe('hints', () => {
  const objects = {
    novels: novelSettings, passages: passageSettings, premisePrompt, premiseSampling, pairs: pairSettings,
    training: trainingSettings, storyPrompt, storySampling, submissions: submissionSettings,
  }
  const writers = [...premiseWriter.options, ...storyWriter.options]
  const fields = [...Object.entries(objects), ...writers.map((writer, index) => [`writer ${index}`, writer] as const)].flatMap(([section, { shape }]) =>
    Object.entries(shape).map(([field, schema]) => [section, field, schema] as const),
  )

  it.each(fields)('%s: %s says what it is for in both languages', (_section, _field, schema) => {
    const hint = schema instanceof z.ZodType ? hintOf(schema) : undefined
    expect(hint?.en).toMatch(/[a-z]/)
    expect(hint?.zh).toMatch(/\p{Script=Han}/u)
  })

  it('are there for every field of every section', () => {
    expect(fields.length).toBeGreaterThan(60)
  })
})

describe('limits', () => {
  const training = presets.starter.training
  it.each([
    ['learningRate', 0], ['learningRate', -1e-4], ['learningRate', Number.NaN], ['learningRate', 1e9], ['learningRate', '1e-4'],
    ['rank', 0], ['rank', 1e6], ['rank', 1.5], ['batchSize', 0], ['dropout', 1], ['epochs', 0], ['maxSteps', -1], ['targets', []],
    ['targets', ['lm_head']], ['precision', 'int8'], ['baseModel', ''], ['seed', 2 ** 31], ['checkpointSteps', 0],
  ])('training.%s may not be %j', (field, value) => {
    expect(trainingSettings.safeParse({ ...training, [field]: value }).success).toBe(false)
  })

  it.each([
    [{ target: 100, minimum: 100, maximum: 100 }, true],
    [{ target: 100, minimum: 101, maximum: 200 }, false],
    [{ target: 201, minimum: 100, maximum: 200 }, false],
    [{ target: 19, minimum: 19, maximum: 19 }, false],
  ])('passages of %j: %s', (lengths, fine) => {
    expect(passageSettings.safeParse({ ...lengths, limit: null, seed: 1 }).success).toBe(fine)
  })

  it.each([
    [{ kind: 'endpoint', baseUrl: 'file:///etc/passwd', model: 'm', keyFrom: null }, false],
    [{ kind: 'endpoint', baseUrl: 'http://localhost:8000/v1', model: 'm', keyFrom: 'API_KEY' }, true],
    [{ kind: 'endpoint', baseUrl: 'http://localhost:8000/v1', model: 'm', keyFrom: 'sk-the-key-itself' }, false],
    [{ kind: 'endpoint', baseUrl: 'http://localhost:8000/v1', model: 'm', keyFrom: null, key: 'sk' }, false],
    [{ kind: 'engine', model: '' }, false],
    [{ kind: 'tuned' }, false],
  ])('a premise writer %j: %s', (writer, fine) => expect(premiseWriter.safeParse(writer).success).toBe(fine))
})
