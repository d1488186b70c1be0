'use client'

import { useId } from 'react'
import { useTranslations } from 'use-intl/react'

/** Ready-made settings to begin from; choosing one fills the form. */
export function PresetChoice<Name extends string>(props: {
  presets: readonly { name: Name; title: string; about: string }[]
  chosen: Name | null
  onChoose: (name: Name) => void
}) {
  const t = useTranslations('settings')
  const id = useId()
  return (
    <fieldset className="m-0 min-w-0 border-0 p-0">
      <legend className="mb-2 p-0 font-semibold">{t('preset')}</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        {props.presets.map((preset) => (
          <label
            key={preset.name}
            className="grid cursor-pointer grid-cols-[auto_1fr] content-start gap-x-2.5 gap-y-0.5 rounded-base border border-line bg-raised px-3 py-2.5 hover:border-edge has-checked:border-ink has-focus-visible:outline-2 has-focus-visible:outline-azurite"
          >
            <input type="radio" name={`${id}-preset`} checked={preset.name === props.chosen} onChange={() => props.onChoose(preset.name)} className="mt-0.5 size-4" aria-labelledby={`${id}-${preset.name}-title`} aria-describedby={`${id}-${preset.name}`} />
            <span id={`${id}-${preset.name}-title`} className="font-semibold">{preset.title}</span>
            <span id={`${id}-${preset.name}`} className="col-start-2 text-sm text-muted">
              {preset.about}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
