import { InvalidArgumentError, Option } from 'commander'
import { isPresetName, type PresetName, presetNames } from '@/lib/settings/presets'

/** `--preset` where only Molian's own are at hand, no database: a PresetName, or commander's refusal with the names there are. */
export function builtInPresetOption(about: string): Option {
  return new Option('--preset <name>', about).choices([...presetNames]).argParser(presetOf).default('starter' satisfies PresetName)
}

function presetOf(name: string): PresetName {
  if (!isPresetName(name)) throw new InvalidArgumentError(`Allowed choices are ${presetNames.join(', ')}.`)
  return name
}
