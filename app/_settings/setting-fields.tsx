'use client'

import { Fold, SettingGroup } from '@/app/_settings/fold'
import { SettingField } from '@/app/_settings/setting-field'
import type { SettingSpec } from '@/app/_settings/setting-spec'
import type { FormValue, FormValues } from '@/app/_settings/setting-values'

export type SettingFieldsProps<Name extends string> = {
  specs: readonly SettingSpec[]
  values: FormValues
  /** The setting's name in the reader's language. */
  label: (name: Name) => string
  /** An option's; without it options stand as they are. */
  optionLabel?: (name: Name, option: string) => string
  /** What is allowed and probably not meant, beside the field. */
  warning?: (name: Name) => string | undefined
  onChange: (name: Name, value: FormValue) => void
}

/** The fields of these settings, one after the other. A setting that the schema or the values lack is an error, not a gap. */
export function SettingFields<Name extends string>({ names, specs, values, label, optionLabel, warning, onChange }: SettingFieldsProps<Name> & { names: readonly Name[] }) {
  return names.map((name) => {
    const spec = specs.find((each) => each.name === name)
    const value = values[name]
    if (!spec || value === undefined) throw new TypeError(`The form has no ${spec ? 'value' : 'schema'} for the setting ${name}`)
    return <SettingField key={name} spec={spec} label={label(name)} optionLabel={optionLabel && ((option) => optionLabel(name, option))} value={value} warning={warning?.(name)} onChange={(next) => onChange(name, next)} />
  })
}

/** Settings that few need: folded away, group by group. */
export function FoldedSettings<Name extends string>({ summary, groups, ...fields }: SettingFieldsProps<Name> & { summary: string; groups: readonly { title: string; names: readonly Name[] }[] }) {
  return (
    <Fold summary={summary}>
      {groups.map(({ title, names }) => (
        <SettingGroup key={title} title={title}>
          <SettingFields names={names} {...fields} />
        </SettingGroup>
      ))}
    </Fold>
  )
}
