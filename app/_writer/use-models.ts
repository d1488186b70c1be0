'use client'

import { useEffect, useState } from 'react'
import { readModels } from '@/app/_writer/actions'

/** The models that an endpoint lists itself; none until it has answered, or where it does not say. */
export function useModels(endpointId: string, isWanted = true): readonly string[] {
  const [found, setFound] = useState<{ of: string; models: readonly string[] }>({ of: '', models: [] })
  useEffect(() => {
    if (!isWanted || endpointId === '') return
    let isOver = false
    readModels(endpointId).then(
      (models) => !isOver && setFound({ of: endpointId, models }),
      () => {},
    )
    return () => {
      isOver = true
    }
  }, [endpointId, isWanted])
  return found.of === endpointId ? found.models : []
}
