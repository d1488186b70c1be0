'use client'

import { useEffect, useState } from 'react'
import { readSelected } from '@/app/projects/[projectId]/premises/actions'
import type { PassageSelection } from '@/lib/settings/selection'

/** How many passages of a set a selection takes; the whole set's own number while there is none, null until the server has said. */
export function useSelectedPassages(projectId: string, passageSetId: string, selection: PassageSelection | null, whole: number): number | null {
  const [found, setFound] = useState<{ of: string; passages: number } | null>(null)
  const wanted = JSON.stringify({ projectId, passageSetId, selection })
  const isWhole = selection === null
  useEffect(() => {
    if (isWhole) return
    let isOver = false
    const timer = setTimeout(() => {
      readSelected(wanted).then(
        (passages) => !isOver && setFound({ of: wanted, passages }),
        () => {},
      )
    }, 200)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [wanted, isWhole])
  if (isWhole) return whole
  return found?.of === wanted ? found.passages : null
}
