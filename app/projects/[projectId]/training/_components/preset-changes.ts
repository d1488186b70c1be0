import type { FormValues } from '@/app/_settings/setting-values'
import { advancedGroups, groupNames, type SettingName, simpleSettings } from '@/app/projects/[projectId]/training/_components/setting-groups'

const all: readonly SettingName[] = [...simpleSettings, ...groupNames.flatMap((group): readonly SettingName[] => advancedGroups[group])]

/** The settings in which a form is other than a preset, in the form's order. Numbers are compared as numbers, however they are written. */
export function changedFrom(preset: FormValues, values: FormValues): SettingName[] {
  return all.filter((name) => !isSame(preset[name], values[name]))
}

/** The preset from which a form differs in the fewest settings; the first of equals. */
export function nearest<Preset extends { values: FormValues }>(presets: readonly [Preset, ...Preset[]], values: FormValues): Preset {
  return presets.reduce((best, each) => (changedFrom(each.values, values).length < changedFrom(best.values, values).length ? each : best))
}

function isSame(one: FormValues[string] | undefined, other: FormValues[string] | undefined): boolean {
  if (String(one) === String(other)) return true
  return typeof one === 'string' && typeof other === 'string' && one.trim() !== '' && other.trim() !== '' && Number(one) === Number(other)
}
