import type { getTranslator } from '@/app/_i18n/server'
import type { SettingRow } from '@/lib/stages/training/comparison'

type Words = Awaited<ReturnType<typeof getTranslator<'training'>>>

/** A setting's value in the reader's language; a dash for a run whose settings cannot be read. */
export function settingWord(t: Words, value: SettingRow['values'][number]): string {
  if (value === null) return '–'
  if (typeof value === 'boolean') return value ? t('yes') : t('no')
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return value.join(', ')
  switch (value) {
    case 'lora':
    case 'rslora':
    case 'dora':
    case 'qlora':
      return t(`methods.${value}`)
    case 'best':
    case 'last':
      return t(`adapterSources.${value}`)
    case 'auto':
    case 'float32':
    case 'bfloat16':
    case 'float16':
      return t(`precisions.${value}`)
    case 'on':
    case 'off':
      return t(`checkpointings.${value}`)
    default:
      return t(`schedules.${value}`)
  }
}
