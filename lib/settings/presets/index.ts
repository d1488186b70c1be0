import type { JobSettings } from '@/lib/settings/job-settings'
import { careful } from '@/lib/settings/presets/careful'
import { kuwen } from '@/lib/settings/presets/kuwen'
import { starter } from '@/lib/settings/presets/starter'
import type { TrainingSettings } from '@/lib/settings/training'

/** Settings of the whole job that come with Molian; careful trains the baseline's model where no other is named. */
export const presets = {
  starter,
  kuwen,
  careful: { ...kuwen, training: { ...careful, baseModel: kuwen.training.baseModel } },
} as const satisfies Record<string, JobSettings>

export type PresetName = keyof typeof presets

export const presetNames: readonly PresetName[] = ['starter', 'kuwen', 'careful']

/** Those with settings of their own for the stages beside training; careful is kuwen there. */
export const stagePresetNames = ['starter', 'kuwen'] as const satisfies readonly PresetName[]
export type StagePresetName = (typeof stagePresetNames)[number]

export function isPresetName(name: string): name is PresetName {
  return Object.hasOwn(presets, name)
}

/** The whole job around training settings of one's own: the other stages are as for the starter model, or as for a real one. */
export function jobAround(training: TrainingSettings): JobSettings {
  return { ...(training.baseModel === 'starter' ? starter : kuwen), training }
}
