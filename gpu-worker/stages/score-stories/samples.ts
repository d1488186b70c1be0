import { setImmediate as letOthers } from 'node:timers/promises'
import { db } from '@/lib/db'
import type { Attempt } from '@/lib/queue/attempt'
import { selfBleu } from '@/lib/scoring/self-bleu'
import { rowPremise } from '@/lib/stages/stories/row-premise'
import type { ScoringSummary } from '@/lib/stages/stories/scoring'

/** Samples of one premise that are compared: more would take longer and say the same. */
const most = 50

/** Self-BLEU of every premise that a run has several stories for, the most alike first. */
export async function samplesOfPremises(attempt: Attempt, storyRunId: string): Promise<ScoringSummary['selfBleu']> {
  const premises = await db().$queryRaw<{ premise: string; texts: string[] }[]>`
    SELECT ${rowPremise} AS premise, (array_agg(s.text ORDER BY r.ordinal))[1:${most}] AS texts
    FROM story s JOIN test_row r ON r.id = s.test_row_id WHERE s.story_run_id = ${storyRunId}::uuid
    GROUP BY 1 HAVING count(*) > 1 ORDER BY min(r.ordinal) LIMIT 1000`
  const alike: ScoringSummary['selfBleu'] = []
  for (const [index, { premise, texts }] of premises.entries()) {
    const value = selfBleu(texts)
    if (value !== null) alike.push({ premise, samples: texts.length, value })
    attempt.progress({ done: index + 1, total: premises.length, phase: 'comparing' })
    attempt.signal.throwIfAborted()
    await letOthers()
  }
  return alike.toSorted((one, other) => other.value - one.value)
}
