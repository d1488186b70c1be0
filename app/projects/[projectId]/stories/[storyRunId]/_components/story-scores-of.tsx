'use client'

import { useEffect, useState } from 'react'
import * as z from 'zod/mini'
import { measuresAnswer } from '@/app/_scores/measures-answer'
import { StoryScores } from '@/app/_scores/story-scores'

const answer = z.object({ measures: z.nullable(measuresAnswer) })

/** What was measured on a story that is open; nothing until it was. */
export function StoryScoresOf({ storyRunId, storyId }: { storyRunId: string; storyId: number }) {
  const [measures, setMeasures] = useState<z.infer<typeof measuresAnswer> | null>(null)
  useEffect(() => {
    const away = new AbortController()
    fetch(`/api/stories/${storyRunId}/rows/${storyId}/scores`, { signal: away.signal })
      .then((response) => response.json())
      .then((json) => setMeasures(answer.parse(json).measures))
      .catch(() => {})
    return () => away.abort()
  }, [storyRunId, storyId])
  return measures && <StoryScores measures={measures} />
}
