import type { TrainingSettings } from '@/lib/settings/training'

/** A setting with a plain field; the base model has a field of its own. */
export type SettingName = Exclude<keyof TrainingSettings, 'baseModel'>

/** What most people change; it stands in the open. */
export const simpleSettings = ['epochs', 'learningRate'] as const satisfies readonly SettingName[]

/** Everything else, by what it is about. Together with the above: every setting there is. */
export const advancedGroups = {
  adapter: ['method', 'rank', 'alpha', 'dropout', 'neftuneAlpha', 'targets'],
  optimiser: ['schedule', 'warmupRatio', 'warmupSteps', 'weightDecay', 'maxGradNorm', 'batchSize', 'accumulation', 'fitBatch', 'maxSteps', 'maxLength', 'packing'],
  device: ['precision', 'gradientCheckpointing', 'devices', 'machines'],
  keeping: ['evaluationSteps', 'patience', 'adapterFrom', 'checkpointSteps', 'keepCheckpoints', 'seed'],
  samples: ['samples', 'sampleTokens', 'sampleTemperature', 'sampleSeconds', 'samplePremises'],
} as const satisfies Record<string, readonly SettingName[]>

export type AdvancedGroup = keyof typeof advancedGroups

export const groupNames: readonly AdvancedGroup[] = ['adapter', 'optimiser', 'device', 'keeping', 'samples']
