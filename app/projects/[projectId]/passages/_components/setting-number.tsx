import { Field } from '@/app/_ui/field'
import { NumberInput } from '@/app/_ui/inputs'

/** One number of the form, label and field on a line; as text, so that what cannot be read is kept and said. */
export function SettingNumber(props: { name: string; label: string; hint?: string; wrong?: string; unit: string; value: string; placeholder?: string }) {
  return (
    <Field name={props.name} label={props.label} hint={props.hint} error={props.wrong}>
      <NumberInput type="text" inputMode="numeric" autoComplete="off" unit={props.unit || undefined} defaultValue={props.value} placeholder={props.placeholder} />
    </Field>
  )
}
