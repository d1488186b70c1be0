import type { TrainingSettings } from '@/lib/settings/training'

type Model = 'tiny' | 'starter' | 'full'
export type ForecastCase = { name: string; model: Model; use: 'fit' | 'check'; settings: Partial<TrainingSettings> }

/** Trainings of two steps: on some the calibration is fitted, the others say whether it holds. */
export const forecastCases: readonly ForecastCase[] = [
  { name: 'tiny 4×512', model: 'tiny', use: 'fit', settings: { batchSize: 4, maxLength: 512 } },
  { name: 'starter 1×256', model: 'starter', use: 'fit', settings: { batchSize: 1, maxLength: 256 } },
  { name: 'starter 4×256', model: 'starter', use: 'fit', settings: { batchSize: 4, maxLength: 256 } },
  { name: 'starter 2×640', model: 'starter', use: 'fit', settings: { batchSize: 2, maxLength: 640 } },
  { name: 'starter 2×512 recomputed', model: 'starter', use: 'fit', settings: { batchSize: 2, maxLength: 512, gradientCheckpointing: 'on' } },
  { name: 'starter 2×256 DoRA', model: 'starter', use: 'fit', settings: { batchSize: 2, maxLength: 256, method: 'dora' } },
  { name: 'full 1×256', model: 'full', use: 'fit', settings: { batchSize: 1, maxLength: 256 } },
  { name: 'starter 2×256 bfloat16', model: 'starter', use: 'fit', settings: { batchSize: 2, maxLength: 256, precision: 'bfloat16' } },
  { name: 'tiny 8×1024', model: 'tiny', use: 'check', settings: { batchSize: 8, maxLength: 1024 } },
  { name: 'starter 8×192', model: 'starter', use: 'check', settings: { batchSize: 8, maxLength: 192 } },
  { name: 'starter 2×384 rank 64, dropout', model: 'starter', use: 'check', settings: { batchSize: 2, maxLength: 384, rank: 64, dropout: 0.1 } },
  { name: 'starter 4×256 two targets', model: 'starter', use: 'check', settings: { batchSize: 4, maxLength: 256, targets: ['q_proj', 'v_proj'] } },
  { name: 'full 1×512', model: 'full', use: 'check', settings: { batchSize: 1, maxLength: 512 } },
  { name: 'full 4×192 recomputed, rsLoRA', model: 'full', use: 'check', settings: { batchSize: 4, maxLength: 192, gradientCheckpointing: 'on', method: 'rslora' } },
  { name: 'full 2×256 bfloat16', model: 'full', use: 'check', settings: { batchSize: 2, maxLength: 256, precision: 'bfloat16' } },
]
