import { kuwen } from '@/lib/settings/presets/kuwen'
import type { TrainingSettings } from '@/lib/settings/training'

/**
 * Careful: for any base model, whose choice it leaves alone. rsLoRA of a middling rank learns slowly and evenly, noise and
 * dropout are against learning by heart, and the run ends by itself once validation says that it has learned enough.
 */
export const careful: Omit<TrainingSettings, 'baseModel'> = {
  ...kuwen.training,
  method: 'rslora',
  rank: 32,
  alpha: 32,
  dropout: 0.05,
  neftuneAlpha: 5,
  learningRate: 5e-5,
  schedule: 'cosine_with_min_lr',
  warmupRatio: 0.05,
  weightDecay: 0.01,
  epochs: 4,
  precision: 'auto',
  gradientCheckpointing: 'auto',
  fitBatch: true,
  evaluationSteps: 20,
  patience: 4,
  adapterFrom: 'best',
  checkpointSteps: 20,
}
