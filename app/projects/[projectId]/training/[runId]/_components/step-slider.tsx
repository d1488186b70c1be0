'use client'

import { useId } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'

/** Chooses one of the steps at which something is; the arrow keys go from one to the next. */
export function StepSlider({ label, steps, step, onChange }: { label: string; steps: readonly { step: number }[]; step: number; onChange: (step: number) => void }) {
  const t = useTranslations('training')
  const format = useFormatter()
  const id = useId()
  const index = Math.max(0, steps.findIndex((each) => each.step === step))
  const word = step === 0 ? t('samples.untuned') : t('stepIs', { step: format.number(step) })
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="flex items-baseline gap-2 text-sm">
        <span className="text-muted">{label}</span>
        <span className="font-semibold tabular-nums">{word}</span>
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={Math.max(0, steps.length - 1)}
        step={1}
        value={index}
        disabled={steps.length < 2}
        aria-valuetext={word}
        onChange={(event) => {
          const chosen = steps[Number(event.target.value)]
          if (chosen) onChange(chosen.step)
        }}
        className="w-full accent-azurite"
      />
    </div>
  )
}
