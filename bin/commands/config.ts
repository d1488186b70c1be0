import '@/bin/quiet-log'
import { Command, Option } from 'commander'
import { printConfig } from '@/lib/settings/config-file'
import { isPresetName, presetNames, presets } from '@/lib/settings/presets'
import { languageOf } from '@/bin/failure.mjs'

const { preset } = new Command('molian config')
  .description('prints a complete configuration with a comment on each setting')
  .addOption(new Option('--preset <name>', 'whose values to print').choices([...presetNames]).default('starter'))
  .parse()
  .opts<{ preset: string }>()

if (isPresetName(preset)) process.stdout.write(printConfig(presets[preset], languageOf()))
