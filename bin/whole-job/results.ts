import { db } from '@/lib/db'
import type { Locale } from '@/lib/error-sentences'
import type { Job } from '@/lib/generated/prisma/client'
import { trainingResult } from '@/lib/stages/training/training'
import { word } from '@/bin/whole-job/words'

/** What a training run learned and how fast. */
export function trainingLine(job: Job, locale: Locale): string {
  const result = trainingResult.parse(job.result)
  const loss = (value: number | null) => (value === null ? '–' : value.toFixed(3))
  return word('trained', locale, {
    steps: result.steps,
    from: loss(result.first_loss),
    to: loss(result.last_loss),
    validationFrom: loss(result.validation_loss_from),
    validationTo: loss(result.validation_loss_to),
    speed: Math.round(result.tokens_per_second),
  })
}

/** Stories, tokens and tokens a second of a run, from its first to its last answer. */
export async function writingLine(storyRunId: string, locale: Locale): Promise<string> {
  const rows = await db().$queryRaw<{ stories: number; tokens: number; seconds: number | null }[]>`
    SELECT count(*)::int AS stories, coalesce(sum(completion_tokens), 0)::int AS tokens,
      extract(epoch FROM max(at) - min(at - make_interval(secs => latency_ms / 1000.0)))::float AS seconds
    FROM story WHERE story_run_id = ${storyRunId}::uuid`
  const { stories = 0, tokens = 0, seconds = null } = rows[0] ?? {}
  return word('written', locale, { stories, tokens, speed: seconds ? Math.round(tokens / seconds) : '–' })
}
