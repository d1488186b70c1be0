import { db } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import { premiseQuestion } from '@/lib/llm/premise-question'
import { styledAsking } from '@/lib/llm/premise-styles'
import { charactersOf } from '@/lib/llm/question-length'
import { premiseRunSettings } from '@/lib/stages/premises/premises'
import { promptPlaces } from '@/lib/stages/prompts/places'
import { promptWordsOf } from '@/lib/stages/prompts/prompts'
import type { ChosenWriter } from '@/lib/stages/writer'

/**
 * What a model's answers so far say of the next ones; null where too few have come. `count` answers were looked at;
 * `startMs` is how long an engine of this machine took from the run's start to its first question.
 */
export type PastAnswers = { count: number; tokensPerCharacter: number | null; completionTokens: number; questionsEach: number; latencyMs: number; startMs: number | null }

/** Fewer than this say nothing. */
const enough = 5
/** Questions that are rendered again to see how long they were. */
const rendered = 20

/** What is known of a writer from its latest run with answers that were paid for. */
export async function pastAnswersOf(writer: ChosenWriter): Promise<PastAnswers | null> {
  const own = writer.kind === 'endpoint'
    ? Prisma.sql`r.endpoint_id = ${writer.endpointId}::uuid AND r.settings->'writer'->>'model' = ${writer.model}`
    : Prisma.sql`r.model_id = ${writer.modelId}::uuid`
  const rows = await db().$queryRaw<{ id: string; count: number; decided: number; completion: number | null; latency: number; start: number | null }[]>`
    SELECT r.id, count(*)::int AS count, (SELECT count(*)::int FROM premise p WHERE p.premise_run_id = r.id AND p.outcome <> 'failed') AS decided,
      avg(a.completion_tokens)::float8 AS completion, avg(a.latency_ms)::float8 AS latency,
      min(extract(epoch FROM a.at - j.started_at) * 1000 - a.latency_ms) FILTER (WHERE a.at >= j.started_at)::float8 AS start
    FROM premise_run r JOIN premise_answer a ON a.premise_run_id = r.id AND NOT a.is_reused JOIN job j ON j.id = r.job_id
    WHERE ${own} GROUP BY r.id HAVING count(*) >= ${enough} ORDER BY r.created_at DESC LIMIT 1`
  const last = rows[0]
  if (!last || last.completion === null) return null
  return {
    count: last.count,
    tokensPerCharacter: await ratioOf(last.id),
    completionTokens: last.completion,
    questionsEach: last.decided > 0 ? Math.max(1, last.count / last.decided) : 1,
    // The mean: the slow answers take the time too, by which many at once are paid for.
    latencyMs: last.latency,
    startMs: writer.kind === 'engine' && last.start !== null ? Math.max(0, last.start) : null,
  }
}

/** Tokens that the server counted for a character of what it was given, over some of a run's questions. */
async function ratioOf(premiseRunId: string): Promise<number | null> {
  const run = await db().premiseRun.findUniqueOrThrow({ where: { id: premiseRunId }, include: { promptVersion: true } })
  const settings = premiseRunSettings.safeParse(run.settings)
  if (!settings.success) return null
  const answers = await db().$queryRaw<{ passage_id: number; prompt_tokens: number; style: string | null }[]>`
    SELECT a.passage_id, a.prompt_tokens, p.style FROM premise_answer a JOIN premise p ON p.premise_run_id = a.premise_run_id AND p.passage_id = a.passage_id
    WHERE a.premise_run_id = ${premiseRunId}::uuid AND NOT a.is_reused AND a.prompt_tokens > 0 ORDER BY a.at DESC LIMIT ${rendered}`
  const places = new Map((await promptPlaces(answers.map((answer) => answer.passage_id))).map((place) => [place.id, place]))
  const prompt = promptWordsOf(run.promptVersion)
  const { sampling } = settings.data
  let tokens = 0
  let characters = 0
  for (const answer of answers) {
    const place = places.get(answer.passage_id)
    const style = prompt.styles.find((each) => each.style === answer.style)?.style ?? 'sentence'
    if (!place) continue
    tokens += answer.prompt_tokens
    characters += charactersOf(premiseQuestion(styledAsking(prompt, sampling, style), sampling, place, place.ordinal, 1))
  }
  return characters > 0 ? tokens / characters : null
}
