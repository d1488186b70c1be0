import '@/bin/quiet-log'
import { Command } from 'commander'
import { printConfig } from '@/lib/settings/config-file'
import { type PresetName, presets } from '@/lib/settings/presets'
import { languageOf } from '@/bin/failure.mjs'
import { builtInPresetOption } from '@/bin/whole-job/built-in-preset-option'

const { preset } = new Command('molian config')
  .description('prints a complete configuration with a comment on each setting')
  .addOption(builtInPresetOption('whose values to print'))
  .parse()
  .opts<{ preset: PresetName }>()

process.stdout.write(printConfig(presets[preset], languageOf()))
