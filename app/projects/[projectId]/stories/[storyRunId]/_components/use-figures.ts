'use client'

import { useState } from 'react'
import * as z from 'zod/mini'
import { readAnswer } from '@/app/_ui/read-answer'
import { useFollow } from '@/app/_ui/use-follow'
import type { Measure } from '@/lib/scoring/measure-kinds'

const answer = z.object({ figures: z.array(z.tuple([z.number(), z.number()])) })

/** One measure of every story by the story's id, read again when any story or what was measured of one changes; empty while it is read or where none is asked for. */
export function useFigures(storyRunId: string, measure: Measure | null): ReadonlyMap<number, number> {
  const [read, setRead] = useState<{ of: Measure | null; figures: ReadonlyMap<number, number> }>({ of: null, figures: none })
  useFollow(
    'stories',
    storyRunId,
    async () => {
      if (measure === null) return
      const { figures } = await readAnswer(`/api/stories/${storyRunId}/scores?measure=${measure}`, answer)
      setRead({ of: measure, figures: new Map(figures) })
    },
    measure,
  )
  return read.of === measure ? read.figures : none
}

const none: ReadonlyMap<number, number> = new Map()
