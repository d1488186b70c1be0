import type { JobSettings } from '@/lib/settings/job-settings'
import { kuwen } from '@/lib/settings/presets/kuwen'
import { starter } from '@/lib/settings/presets/starter'

export const presets = { starter, kuwen } as const satisfies Record<string, JobSettings>

export type PresetName = keyof typeof presets

export const presetNames: readonly PresetName[] = ['starter', 'kuwen']

export function isPresetName(name: string): name is PresetName {
  return Object.hasOwn(presets, name)
}
