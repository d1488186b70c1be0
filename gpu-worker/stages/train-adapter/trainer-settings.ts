import type { Device } from '@/gpu-worker/device'
import type { ResolvedSettings } from '@/lib/forecast/resolved'
import type { TrainingSettings } from '@/lib/settings/training'

/** glibc otherwise gives the logits' memory back and faults it in again at every step, which costs a third of the time. */
export const allocator = { MALLOC_TRIM_THRESHOLD_: '100000000000', MALLOC_MMAP_THRESHOLD_: '100000000000', MALLOC_TOP_PAD_: '268435456' }

type Snake<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? First extends Lowercase<First>
    ? `${First}${Snake<Rest>}`
    : `_${Lowercase<First>}${Snake<Rest>}`
  : Name

/** The trainer knows every setting by the same name in its own spelling; a setting left out is an error of types here. */
type TrainerSettings = { [Name in Exclude<keyof TrainingSettings, 'baseModel' | 'fitBatch' | 'gradientCheckpointing' | 'samples' | 'samplePremises' | 'devices' | 'machines'> as Snake<Name>]: TrainingSettings[Name] } & { gradient_checkpointing: boolean; threads: number }

/** The settings as the trainer is sent them, what was left to the forecast decided. */
export function trainerSettings(settings: TrainingSettings & ResolvedSettings, device: Pick<Device, 'kind' | 'cores'>): TrainerSettings {
  return {
    method: settings.method,
    rank: settings.rank,
    alpha: settings.alpha,
    dropout: settings.dropout,
    targets: settings.targets,
    neftune_alpha: settings.neftuneAlpha,
    learning_rate: settings.learningRate,
    schedule: settings.schedule,
    warmup_ratio: settings.warmupRatio,
    warmup_steps: settings.warmupSteps,
    weight_decay: settings.weightDecay,
    max_grad_norm: settings.maxGradNorm,
    batch_size: settings.batchSize,
    accumulation: settings.accumulation,
    epochs: settings.epochs,
    max_steps: settings.maxSteps,
    max_length: settings.maxLength,
    packing: settings.packing,
    gradient_checkpointing: settings.gradientCheckpointing === 'on',
    precision: settings.precision,
    evaluation_steps: settings.evaluationSteps,
    patience: settings.patience,
    adapter_from: settings.adapterFrom,
    checkpoint_steps: settings.checkpointSteps,
    keep_checkpoints: settings.keepCheckpoints,
    sample_tokens: settings.sampleTokens,
    sample_temperature: settings.sampleTemperature,
    sample_seconds: settings.sampleSeconds,
    seed: settings.seed,
    threads: device.kind === 'cpu' ? device.cores.length : 0,
  }
}
