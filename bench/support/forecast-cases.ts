import type { TrainingSettings } from '@/lib/settings/training'

type Model = 'tiny' | 'starter' | 'full'
export type ForecastCase = { name: string; model: Model; use: 'fit' | 'check'; settings: Partial<TrainingSettings> }

/** Trainings of some steps: on some the calibration is fitted, the others say whether it holds. */
export const forecastCases: readonly ForecastCase[] = [
  { name: 'tiny 4×512', model: 'tiny', use: 'fit', settings: { batchSize: 4, maxLength: 512 } },
  { name: 'tiny 32×1024', model: 'tiny', use: 'fit', settings: { batchSize: 32, maxLength: 1024 } },
  { name: 'tiny 32×1024 recomputed', model: 'tiny', use: 'fit', settings: { batchSize: 32, maxLength: 1024, gradientCheckpointing: 'on' } },
  { name: 'tiny 16×1024 DoRA', model: 'tiny', use: 'fit', settings: { batchSize: 16, maxLength: 1024, method: 'dora' } },
  { name: 'starter 1×256', model: 'starter', use: 'fit', settings: { batchSize: 1, maxLength: 256 } },
  { name: 'starter 2×256', model: 'starter', use: 'fit', settings: { batchSize: 2, maxLength: 256 } },
  { name: 'full 1×128', model: 'full', use: 'fit', settings: { batchSize: 1, maxLength: 128 } },
  { name: 'tiny 24×1536', model: 'tiny', use: 'check', settings: { batchSize: 24, maxLength: 1536 } },
  { name: 'tiny 16×1024 rank 64, dropout', model: 'tiny', use: 'check', settings: { batchSize: 16, maxLength: 1024, rank: 64, dropout: 0.1 } },
  { name: 'tiny 32×1024 two targets', model: 'tiny', use: 'check', settings: { batchSize: 32, maxLength: 1024, targets: ['q_proj', 'v_proj'] } },
  { name: 'tiny 32×1024 bfloat16', model: 'tiny', use: 'fit', settings: { batchSize: 32, maxLength: 1024, precision: 'bfloat16' } },
  { name: 'starter 4×192', model: 'starter', use: 'check', settings: { batchSize: 4, maxLength: 192 } },
  { name: 'starter 2×256 recomputed', model: 'starter', use: 'check', settings: { batchSize: 2, maxLength: 256, gradientCheckpointing: 'on' } },
  { name: 'starter 2×256 bfloat16', model: 'starter', use: 'check', settings: { batchSize: 2, maxLength: 256, precision: 'bfloat16' } },
  { name: 'full 2×128', model: 'full', use: 'check', settings: { batchSize: 2, maxLength: 128 } },
  { name: 'full 2×192 recomputed, rsLoRA', model: 'full', use: 'check', settings: { batchSize: 2, maxLength: 192, gradientCheckpointing: 'on', method: 'rslora' } },
]
