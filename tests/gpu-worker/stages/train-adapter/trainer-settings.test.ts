import { expect, test } from 'vitest'
import type { ResolvedSettings } from '@/lib/forecast/resolved'
import type { TrainingSettings } from '@/lib/settings/training'
import { trainerSettings } from '@/gpu-worker/stages/train-adapter/trainer-settings'

/** No two fields alike, so that one sent in another's place is seen. */
const settings: TrainingSettings & ResolvedSettings = {
  baseModel: 'a model',
  method: 'dora',
  rank: 2,
  alpha: 3,
  dropout: 0.04,
  targets: ['v_proj'],
  neftuneAlpha: 5,
  learningRate: 0.006,
  schedule: 'linear',
  warmupRatio: 0.07,
  warmupSteps: 8,
  weightDecay: 0.09,
  maxGradNorm: 10,
  batchSize: 11,
  accumulation: 12,
  fitBatch: true,
  epochs: 13,
  maxSteps: 14,
  maxLength: 150,
  packing: true,
  gradientCheckpointing: 'off',
  devices: 16,
  machines: 17,
  precision: 'float32',
  evaluationSteps: 18,
  patience: 19,
  adapterFrom: 'last',
  checkpointSteps: 20,
  keepCheckpoints: 21,
  samples: 7,
  samplePremises: ['写雪'],
  sampleTokens: 22,
  sampleTemperature: 0.23,
  sampleSeconds: 24,
  seed: 25,
}
const cpu = { kind: 'cpu', cores: [0, 1, 2] } as const
const sent = (changes: Partial<typeof settings> = {}, kind: 'cpu' | 'cuda' = 'cpu') => trainerSettings({ ...settings, ...changes }, { kind, cores: [...cpu.cores] })

test('every setting is sent under its own name', () => {
  expect(sent()).toEqual({
    method: 'dora',
    rank: 2,
    alpha: 3,
    dropout: 0.04,
    targets: ['v_proj'],
    neftune_alpha: 5,
    learning_rate: 0.006,
    schedule: 'linear',
    warmup_ratio: 0.07,
    warmup_steps: 8,
    weight_decay: 0.09,
    max_grad_norm: 10,
    batch_size: 11,
    accumulation: 12,
    epochs: 13,
    max_steps: 14,
    max_length: 150,
    packing: true,
    gradient_checkpointing: false,
    precision: 'float32',
    evaluation_steps: 18,
    patience: 19,
    adapter_from: 'last',
    checkpoint_steps: 20,
    keep_checkpoints: 21,
    sample_tokens: 22,
    sample_temperature: 0.23,
    sample_seconds: 24,
    seed: 25,
    threads: 3,
  })
})

test('recomputing and packing are sent apart', () => {
  expect(sent({ packing: false, gradientCheckpointing: 'on' })).toMatchObject({ packing: false, gradient_checkpointing: true })
})

test('a GPU is not told how many threads', () => {
  expect(sent({}, 'cuda').threads).toBe(0)
})
