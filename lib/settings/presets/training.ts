import { careful } from '@/lib/settings/presets/careful'
import { kuwen } from '@/lib/settings/presets/kuwen'
import { starter } from '@/lib/settings/presets/starter'
import type { TrainingSettings } from '@/lib/settings/training'

/** What the training form begins with; `baseModel` is null where the preset is for any. */
export const trainingPresets = {
  starter: starter.training,
  kuwen: kuwen.training,
  careful: { ...careful, baseModel: null },
} as const satisfies Record<string, Omit<TrainingSettings, 'baseModel'> & { baseModel: string | null }>

export type TrainingPresetName = keyof typeof trainingPresets
