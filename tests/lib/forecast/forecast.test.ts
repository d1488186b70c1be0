import { describe, expect, it } from 'vitest'
import { maskNumbers, savedPerToken } from '@/lib/forecast/activations'
import { adviceFor, changed } from '@/lib/forecast/advice'
import { adapterParameters, type Architecture, projectionParameters, vocabularyParameters } from '@/lib/forecast/architecture'
import { forecastSpace } from '@/lib/forecast/checkpoints'
import { forecastMemory } from '@/lib/forecast/memory'
import type { ForecastDevice, ForecastOrder, ForecastSettings, Lengths } from '@/lib/forecast/order'
import { passTokens } from '@/lib/forecast/padding'
import { architectureIn } from '@/lib/forecast/read-architecture'
import { fits, limitOf, resolved } from '@/lib/forecast/resolved'
import { forecastTime } from '@/lib/forecast/time'
import { presets } from '@/lib/settings/presets'

const gemma = { model_type: 'gemma3_text', hidden_size: 640, intermediate_size: 2048, num_hidden_layers: 18, num_attention_heads: 4, num_key_value_heads: 1, head_dim: 256, vocab_size: 262_144, sliding_window: 512, tie_word_embeddings: true }
const qwen = { model_type: 'qwen2', hidden_size: 1536, intermediate_size: 8960, num_hidden_layers: 28, num_attention_heads: 12, num_key_value_heads: 2, vocab_size: 151_936, tie_word_embeddings: true, sliding_window: 32_768, use_sliding_window: false }
const known = (config: object): Architecture => {
  const model = architectureIn(config)
  if (!model) throw new Error('The configuration is not understood')
  return model
}
const model = known(gemma)
const settings: ForecastSettings = { ...presets.starter.training, precision: 'float32', gradientCheckpointing: 'off', batchSize: 4, accumulation: 4 }
const device: ForecastDevice = { kind: 'cpu', label: 'a CPU', places: 2, bytes: 24e9, freeBytes: 24e9, hasNativeBfloat16: false, hasBitsandbytes: false }
const lengths: Lengths = { sample: Array.from({ length: 64 }, (_, index) => ({ prompt: 40, answer: 100 + 10 * index })), longest: 770, trainingPairs: 640, validationPairs: 64, counted: true }
const order = (changes: Partial<ForecastSettings> = {}, more: Partial<ForecastOrder> = {}): ForecastOrder => ({ model, device, lengths, ...more, settings: { ...settings, ...changes } })
const small = (freeBytes: number): Partial<ForecastOrder> => ({ device: { ...device, freeBytes } })
const total = (given: ForecastOrder) => forecastMemory(given).total

describe('an architecture', () => {
  it('has the parameters that the model has', () => {
    // Gemma 3 270M without its norms: 167.8 million of the vocabulary and 100.2 million of the layers.
    expect(vocabularyParameters(model)).toBe(167_772_160)
    expect(projectionParameters(model)).toBe(100_270_080)
    expect(projectionParameters(known(qwen)) + vocabularyParameters(known(qwen))).toBeCloseTo(1_543_000_000, -7)
    // As PEFT counts it: rank × (inputs + outputs) of every projection.
    expect(adapterParameters(model, { rank: 8, method: 'lora', targets: ['q_proj'] })).toBe(18 * 8 * (640 + 1024))
    expect(adapterParameters(model, { rank: 8, method: 'dora', targets: ['q_proj'] })).toBe(18 * (8 * (640 + 1024) + 1024))
  })

  it('is not guessed where the family or a number is not known', () => {
    expect(architectureIn({ ...qwen, model_type: 'mixtral' })).toBeNull()
    expect(architectureIn({ ...qwen, hidden_size: undefined })).toBeNull()
    expect(architectureIn({ model_type: 'gemma3', text_config: gemma })).toMatchObject({ layers: 18, window: 512 })
    expect(known(qwen).window).toBeNull()
  })
})

describe('what a layer keeps of a token', () => {
  // Counted through torch.autograd.graph.saved_tensors_hooks on the starter model, 2 × 256 tokens, in bytes.
  it.each([
    ['LoRA', {}, 64_008],
    ['rank 64', { rank: 64 }, 65_577],
    ['DoRA', { method: 'dora' }, 176_818],
    ['two targets', { targets: ['q_proj', 'v_proj'] }, 53_039],
  ] satisfies [string, Partial<ForecastSettings>, number][])('%s: as autograd does, within 2 %%', (_, changes, bytes) => {
    const base: ForecastSettings = { ...settings, dropout: 0 }
    expect(Math.abs(savedPerToken({ model, settings: { ...base, ...changes }, kind: 'cpu', half: false }) / bytes - 1)).toBeLessThan(0.02)
  })
})

describe('what a layer of another family keeps of a token', () => {
  const shape = { hidden_size: 320, intermediate_size: 1000, num_hidden_layers: 4, num_attention_heads: 8, num_key_value_heads: 2, vocab_size: 300 }
  it.each([
    ['qwen2', {}, false, 24_864],
    ['llama', {}, false, 24_864],
    ['qwen3', { head_dim: 48 }, false, 27_472],
    ['gemma2', { head_dim: 48 }, false, 28_090],
    ['gemma3_text', { head_dim: 48 }, false, 30_051],
    ['qwen2', {}, true, 13_921],
    ['gemma3_text', { head_dim: 48 }, true, 18_789],
    ['qwen2', {}, false, 36_544, 0.1],
    ['qwen2', {}, true, 19_761, 0.1],
  ])('%s %j, half precision %s: as autograd does, %d bytes within 3 %%', (family, more, half, bytes, dropout = 0) => {
    const small = known({ ...shape, ...more, model_type: family })
    expect(Math.abs(savedPerToken({ model: small, settings: { ...settings, dropout }, kind: 'cpu', half }) / bytes - 1)).toBeLessThan(0.03)
  })
})

describe('what a pass keeps of its masks', () => {
  it('is one a row and layer where rows have pads, and nothing of a row alone that every layer sees whole', () => {
    expect(maskNumbers(known(qwen), 4, 1024)).toBe(28 * 4 * 1024 ** 2)
    expect(maskNumbers(known(qwen), 1, 1024)).toBe(0)
    expect([maskNumbers(model, 1, 256), maskNumbers(model, 1, 1024) > 0]).toEqual([0, true])
  })
})

describe('memory', () => {
  it('grows with what is kept, and recomputing saves most of it', () => {
    expect(total(order({ batchSize: 8 }))).toBeGreaterThan(total(order()))
    expect(total(order({ rank: 64 }))).toBeGreaterThan(total(order()))
    expect(total(order({ method: 'dora' }))).toBeGreaterThan(total(order()))
    const kept = (changes: Partial<ForecastSettings>) => forecastMemory(order(changes)).parts.activations
    expect(kept({ gradientCheckpointing: 'on' })).toBeLessThan(kept({}) / 4)
  })

  it('goes by the longest pair where that is shorter than the maximum length, and by packs where pairs are packed', () => {
    const reckoned = (changes: Partial<ForecastSettings>) => forecastMemory(order(changes)).reckoned.rowTokens
    expect([reckoned({ maxLength: 4096 }), reckoned({ maxLength: 512 }), reckoned({ maxLength: 4096, packing: true }), reckoned({ maxLength: 4096, packing: true, batchSize: 1, accumulation: 2 })]).toEqual([770, 512, 4096, 1540])
  })

  it('of weights in four bits is less than half of those in sixteen', () => {
    const gpu = { ...device, kind: 'cuda' as const, hasNativeBfloat16: true }
    const weights = (method: 'lora' | 'qlora') => forecastMemory(order({ method, precision: 'auto' }, { device: gpu, model: known(qwen) })).parts.weights
    expect(weights('qlora')).toBeLessThan(weights('lora') * 0.5)
  })
})

describe('processes that share a run', () => {
  const gpus = { ...device, kind: 'cuda' as const, places: 4 }

  it('each hold all of it on a CPU, and are no more than its cores', () => {
    expect(total(order({ devices: 2 }))).toBeCloseTo(2 * total(order()))
    expect(total(order({ devices: 8 }))).toBe(total(order({ devices: 2 })))
  })

  it('take less time on GPUs and on machines, not on one CPU; GPUs that are not there take none off', () => {
    const speed = { perSecond: 1e11, source: 'same-model', run: null } as const
    const training = (changes: Partial<ForecastSettings>, on = gpus as ForecastDevice) => forecastTime(order(changes, { device: on }), speed, 1e9).training
    expect(training({ devices: 4 })).toBeCloseTo(training({}) / 4)
    expect(training({ devices: 16 })).toBe(training({ devices: 4 }))
    expect(training({ devices: 2, machines: 3 })).toBeCloseTo(training({}) / 6)
    expect(training({ devices: 2 }, device)).toBe(training({}, device))
    expect(training({ machines: 2 }, device)).toBeCloseTo(training({}, device) / 2)
  })
})

describe('what is left to the forecast', () => {
  it('recomputes only where it would not fit otherwise', () => {
    expect(resolved(order({ gradientCheckpointing: 'auto' })).gradientCheckpointing).toBe('off')
    const tight = order({ gradientCheckpointing: 'auto', batchSize: 16 }, small(6e9))
    expect(fits({ ...tight, settings: { ...tight.settings, gradientCheckpointing: 'off' } })).toBe(false)
    expect(resolved(tight).gradientCheckpointing).toBe('on')
  })

  it('divides the same batch so that it fits, and no wider than is worth it', () => {
    const chosen = (freeBytes: number) => resolved(order({ fitBatch: true, batchSize: 1, accumulation: 16 }, small(freeBytes)))
    for (const freeBytes of [24e9, 8e9, 5e9, 3.5e9]) {
      const { batchSize, accumulation } = chosen(freeBytes)
      expect(batchSize * accumulation).toBe(16)
      expect(batchSize * 770).toBeLessThanOrEqual(4096)
    }
    expect(chosen(24e9).batchSize).toBe(4)
    expect(chosen(4.5e9).batchSize).toBeLessThan(4)
  })
})

describe('advice', () => {
  it('names a change with which it fits, the cheapest first', () => {
    const tight = order({ batchSize: 16, accumulation: 1 }, small(6e9))
    expect(fits(tight)).toBe(false)
    expect(adviceFor(tight)?.changes).toEqual([{ name: 'gradientCheckpointing', value: 'auto' }])
  })

  it.each([6e9, 4e9, 3.2e9, 2.6e9])('makes it fit into %d bytes', (freeBytes) => {
    const tight = order({ batchSize: 32, accumulation: 1, maxLength: 8192, method: 'dora', rank: 128 }, { ...small(freeBytes), lengths: { ...lengths, longest: 8000 } })
    const advice = adviceFor(tight)
    if (advice === null) throw new Error('There is no advice')
    const settled = { ...tight, settings: changed(tight.settings, advice.changes) }
    expect(fits({ ...settled, settings: resolved(settled) })).toBe(true)
    expect(advice.total).toBeLessThanOrEqual(limitOf(tight.device))
  })

  it('is silent where the weights alone do not fit', () => {
    expect(adviceFor(order({}, { ...small(2e9), model: known(qwen) }))).toBeNull()
  })
})

describe('time', () => {
  const speed = { perSecond: 1e11, source: 'matrices', run: null } as const
  it('follows steps, rows and their pads', () => {
    const once = forecastTime(order(), speed, 1e9)
    expect(once.steps).toBe(80)
    expect(forecastTime(order({ epochs: 4 }), speed, 1e9).training).toBeCloseTo(2 * once.training)
    expect(forecastTime(order(), { ...speed, perSecond: 2e11 }, 1e9).training).toBeCloseTo(once.training / 2)
    expect(forecastTime(order({ gradientCheckpointing: 'on' }), speed, 1e9).training).toBeGreaterThan(once.training * 1.2)
  })

  it('has a bound for the samples along the curve, beside the total', () => {
    const told = (changes: Partial<ForecastSettings>) => forecastTime(order({ evaluationSteps: 20, sampleSeconds: 30, ...changes }), speed, 1e9)
    // Before the first of 80 steps, and at every twentieth.
    expect([told({ samples: 2 }).samplesAtMost, told({ samples: 0 }).samplesAtMost]).toEqual([5 * 30, 0])
    expect(told({ samples: 2 }).total).toBe(told({ samples: 0 }).total)
  })

  it('counts few pads where a step is sorted, more where a pass is wider, at most a tenth in packs', () => {
    const padding = (changes: Partial<ForecastSettings>) => {
      const { padded, pair } = passTokens(order(changes))
      return padded / pair - 1
    }
    expect(padding({ batchSize: 1, accumulation: 16 })).toBeCloseTo(0)
    expect(padding({ batchSize: 4, accumulation: 4 })).toBeGreaterThan(0.02)
    expect(padding({ batchSize: 16, accumulation: 1 })).toBeGreaterThan(padding({ batchSize: 4, accumulation: 4 }))
    expect(padding({ batchSize: 16, accumulation: 1, packing: true })).toBeLessThan(0.1)
  })
})

describe('space on the disk', () => {
  it('is what the newest, the best and the one being written take', () => {
    const space = forecastSpace(order({ keepCheckpoints: 3, checkpointSteps: 5 }))
    expect(space.count).toBe(5)
    expect(space.checkpoint).toBeGreaterThan(adapterParameters(model, settings) * 12)
    expect(space.total).toBe(space.checkpoint * 5 + space.adapter)
    expect(forecastSpace(order({ keepCheckpoints: 3, checkpointSteps: 80, evaluationSteps: 80 })).count).toBe(2)
  })
})
