'use client'

import { startTransition, useActionState, useEffect, useId, useRef, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { changeConcurrency } from '@/app/projects/[projectId]/premises/[premiseRunId]/actions'
import { idle } from '@/app/_guard/action-state'
import { TextInput } from '@/app/_ui/inputs'
import { useRest } from '@/app/_ui/use-rest'

/** Places of the slider: close together where one call more is much. */
const steps = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024]

/** Milliseconds after the last movement before it is sent. */
const settle = 300

/** The most calls at once, moved while the run goes on. The limiter stays below it where the endpoint bears less. */
export function ConcurrencySlider({ projectId, premiseRunId, value, live }: { projectId: string; premiseRunId: string; value: number; live: boolean }) {
  const t = useTranslations('premise-run')
  const id = useId()
  const [shown, setShown] = useState(value)
  const [state, act, pending] = useActionState(changeConcurrency, idle)
  const later = useRest(settle)
  // Another tab may have moved it; one's own movement is not taken back by an older drawing.
  const moved = useRef(false)
  useEffect(() => {
    if (!moved.current) setShown(value)
  }, [value])
  useEffect(() => {
    if (!pending) moved.current = false
  }, [pending])

  const move = (next: number) => {
    if (!Number.isInteger(next) || next < 1 || next > 1024) return
    moved.current = true
    setShown(next)
    later(() => {
      const form = new FormData()
      form.set('projectId', projectId)
      form.set('premiseRunId', premiseRunId)
      form.set('concurrency', String(next))
      startTransition(() => act(form))
    })
  }
  const nearest = steps.reduce((best, step, at) => (Math.abs(step - shown) < Math.abs((steps[best] ?? 0) - shown) ? at : best), 0)
  return (
    <div className="grid gap-1.5">
      <div className="flex items-center justify-between gap-3">
        <label htmlFor={id} className="font-semibold">
          {t('concurrency')}
        </label>
        <span className="w-20">
          <TextInput aria-label={t('concurrencyExact')} inputMode="numeric" value={String(shown)} onChange={(event) => move(Number(event.target.value))} className="text-right tabular-nums" />
        </span>
      </div>
      <input
        id={id}
        type="range"
        min={0}
        max={steps.length - 1}
        step={1}
        value={nearest}
        aria-valuetext={t('calls', { count: shown })}
        onChange={(event) => move(steps[Number(event.target.value)] ?? shown)}
        className="w-full accent-seal"
      />
      <p role="status" className="m-0 text-sm text-muted">
        {state.status === 'failed' ? state.error : live ? t('concurrencyLive') : t('concurrencyHint')}
      </p>
    </div>
  )
}
