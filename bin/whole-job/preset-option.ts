import { Option } from 'commander'
import { MolianError } from '@/lib/errors'
import type { JobSettings } from '@/lib/settings/job-settings'
import { isPresetName, jobAround, type PresetName, presetNames, presets } from '@/lib/settings/presets'
import { findOwnPreset, listOwnPresets } from '@/lib/stages/training/presets'

/** `--preset` of a command: the name of a preset of Molian's or of one's own, read by presetSettings. */
export function presetOption(about: string): Option {
  return new Option('--preset <name>', `${about}; ${presetNames.join(', ')}, or a training preset of your own`).default('starter' satisfies PresetName)
}

/** The settings of the whole job under a preset's name; one's own are asked for in the database. Throws preset.unknown. */
export async function presetSettings(name: string): Promise<JobSettings> {
  if (isPresetName(name)) return presets[name]
  const own = await findOwnPreset(name)
  if (own) return jobAround(own.settings)
  const known = [...presetNames, ...(await listOwnPresets()).map((preset) => preset.name)]
  throw new MolianError('preset.unknown', { name, known: known.join(', ') })
}
