import { type RefObject, useEffect, useState } from 'react'
import { inputsOf, runInputs } from '@/app/_training/run-inputs'
import { forecastAnswer } from '@/app/projects/[projectId]/training/_components/forecast-answer'
import type { ForecastFacts } from '@/lib/stages/training/forecast-facts'

const pauseMs = 400

/**
 * What a forecast goes by for what the form around `inside` has chosen; null until it is known. `changes` counts what
 * happened in the form: only when model, pairs or prompt are others is the server asked again.
 */
export function useForecastFacts(inside: RefObject<HTMLElement | null>, changes: number): ForecastFacts | null {
  const [asked, setAsked] = useState('')
  const [facts, setFacts] = useState<ForecastFacts | null>(null)

  useEffect(() => {
    const timer = setTimeout(() => setAsked(chosenIn(inside.current?.closest('form') ?? null)), changes === 0 ? 0 : pauseMs)
    return () => clearTimeout(timer)
  }, [inside, changes])

  useEffect(() => {
    if (asked === '') return
    const abort = new AbortController()
    const read = async () => {
      const answer = await fetch(`/api/training/forecast?${asked}`, { signal: abort.signal })
      setFacts(answer.ok ? (forecastAnswer.safeParse(await answer.json()).data ?? null) : null)
    }
    read().catch(() => undefined)
    return () => abort.abort()
  }, [asked])

  return facts
}

function chosenIn(form: HTMLFormElement | null): string {
  if (!form) return ''
  const chosen = inputsOf(form, runInputs)
  return chosen.get('baseModel') ? chosen.toString() : ''
}
