'use client'

import { useEffect, useState } from 'react'
import { readSelected } from '@/app/projects/[projectId]/premises/actions'
import type { PassageSelection } from '@/lib/settings/selection'
import { useRest } from '@/app/_ui/use-rest'

/** How many passages of a set a selection takes; the whole set's own number while there is none, null until the server has said. */
export function useSelectedPassages(projectId: string, passageSetId: string, selection: PassageSelection | null, whole: number): number | null {
  const [found, setFound] = useState<{ of: string; passages: number } | null>(null)
  const wanted = JSON.stringify({ projectId, passageSetId, selection })
  const isWhole = selection === null
  const later = useRest(200)
  useEffect(() => {
    if (isWhole) return
    let isOver = false
    const drop = later(() => {
      readSelected(wanted).then(
        (passages) => !isOver && setFound({ of: wanted, passages }),
        () => {},
      )
    })
    return () => {
      isOver = true
      drop()
    }
  }, [wanted, isWhole, later])
  if (isWhole) return whole
  return found?.of === wanted ? found.passages : null
}
