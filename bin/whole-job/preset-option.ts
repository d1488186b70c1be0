import { InvalidArgumentError, Option } from 'commander'
import { isPresetName, type PresetName, presetNames } from '@/lib/settings/presets'

/** `--preset` of a command: a PresetName, or commander's refusal with the names there are. */
export function presetOption(about: string): Option {
  return new Option('--preset <name>', about).choices([...presetNames]).argParser(presetOf).default('starter' satisfies PresetName)
}

function presetOf(name: string): PresetName {
  if (!isPresetName(name)) throw new InvalidArgumentError(`Allowed choices are ${presetNames.join(', ')}.`)
  return name
}
