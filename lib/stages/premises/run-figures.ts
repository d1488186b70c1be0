import { db } from '@/lib/db'

/** How a premise run goes: what was asked, what it took, how fast it is now. Money is in the run's currency, null without a price. */
export type PremiseRunFigures = {
  /** Answers that were asked for and paid for, and those that had been given before. */
  asked: number
  reused: number
  promptTokens: number
  completionTokens: number
  cost: number | null
  /** Of a paid answer, in milliseconds; null before the first. */
  medianLatencyMs: number | null
  slowestLatencyMs: number | null
  /** Passages decided and tokens written in the last minute, a minute; of a run that stands still, none. */
  decidedPerMinute: number
  tokensPerSecond: number
  /** What the servers say they ran. */
  servedModels: string[]
  graded: number
  score: number | null
}

/** Longest look back for what is called the present speed, in seconds. */
const recently = 60

export async function premiseRunFigures(premiseRunId: string): Promise<PremiseRunFigures> {
  const [answers, recent, served, grades] = await Promise.all([
    db().$queryRaw<{ asked: number; reused: number; prompt: number; completion: number; cost: number | null; median: number | null; slowest: number | null }[]>`
      SELECT count(*) FILTER (WHERE NOT is_reused)::int AS asked, count(*) FILTER (WHERE is_reused)::int AS reused,
        coalesce(sum(prompt_tokens) FILTER (WHERE NOT is_reused), 0)::float8 AS prompt, coalesce(sum(completion_tokens) FILTER (WHERE NOT is_reused), 0)::float8 AS completion,
        sum(cost) FILTER (WHERE NOT is_reused) AS cost,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY latency_ms) FILTER (WHERE NOT is_reused) AS median,
        percentile_cont(0.95) WITHIN GROUP (ORDER BY latency_ms) FILTER (WHERE NOT is_reused) AS slowest
      FROM premise_answer WHERE premise_run_id = ${premiseRunId}::uuid`,
    db().$queryRaw<{ decided: number; seconds: number; tokens: number }[]>`
      SELECT (SELECT count(*)::int FROM premise WHERE premise_run_id = r.id AND at > now() - make_interval(secs => ${recently})) AS decided,
        (SELECT coalesce(sum(completion_tokens), 0)::float8 FROM premise_answer WHERE premise_run_id = r.id AND NOT is_reused AND at > now() - make_interval(secs => ${recently})) AS tokens,
        least(${recently}, greatest(1, extract(epoch FROM now() - coalesce(j.phase_at, j.started_at, now()))))::float8 AS seconds
      FROM premise_run r JOIN job j ON j.id = r.job_id WHERE r.id = ${premiseRunId}::uuid AND j.state = 'running'`,
    db().$queryRaw<{ name: string }[]>`
      SELECT served_model AS name FROM premise_answer WHERE premise_run_id = ${premiseRunId}::uuid AND served_model <> '' GROUP BY 1 ORDER BY count(*) DESC LIMIT 5`,
    db().$queryRaw<{ graded: number; score: number | null; cost: number | null; prompt: number; completion: number }[]>`
      SELECT count(*)::int AS graded, avg(g.score)::float8 AS score, sum(g.cost) AS cost,
        coalesce(sum(g.prompt_tokens), 0)::float8 AS prompt, coalesce(sum(g.completion_tokens), 0)::float8 AS completion
      FROM premise_score g JOIN premise p ON p.id = g.premise_id WHERE p.premise_run_id = ${premiseRunId}::uuid`,
  ])
  const [all, now, grade] = [answers[0], recent[0], grades[0]]
  const cost = (all?.cost ?? null) === null && (grade?.cost ?? null) === null ? null : (all?.cost ?? 0) + (grade?.cost ?? 0)
  return {
    asked: all?.asked ?? 0,
    reused: all?.reused ?? 0,
    promptTokens: (all?.prompt ?? 0) + (grade?.prompt ?? 0),
    completionTokens: (all?.completion ?? 0) + (grade?.completion ?? 0),
    cost,
    medianLatencyMs: all?.median ?? null,
    slowestLatencyMs: all?.slowest ?? null,
    decidedPerMinute: now ? (now.decided / now.seconds) * 60 : 0,
    tokensPerSecond: now ? now.tokens / now.seconds : 0,
    servedModels: served.map(({ name }) => name),
    graded: grade?.graded ?? 0,
    score: grade?.score ?? null,
  }
}

/** Why passages of a run failed, the most frequent first. */
export async function failureReasons(premiseRunId: string): Promise<{ code: string; params: unknown; count: number }[]> {
  return db().$queryRaw<{ code: string; params: unknown; count: number }[]>`
    SELECT error_code AS code, error_params AS params, count(*)::int AS count FROM premise
    WHERE premise_run_id = ${premiseRunId}::uuid AND outcome = 'failed' GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 20`
}

/** Of every run of a project: how many premises are good, and what it has cost in its currency (null without a price). */
export async function costsOfRuns(projectId: string): Promise<Map<string, { good: number; cost: number | null }>> {
  const rows = await db().$queryRaw<{ id: string; good: number; cost: number | null }[]>`
    SELECT r.id, (SELECT count(*)::int FROM premise p WHERE p.premise_run_id = r.id AND p.outcome = 'good') AS good,
      CASE WHEN r.currency IS NOT NULL THEN (SELECT coalesce(sum(a.cost), 0) FROM premise_answer a WHERE a.premise_run_id = r.id)
        + (SELECT coalesce(sum(g.cost), 0) FROM premise_score g JOIN premise p ON p.id = g.premise_id WHERE p.premise_run_id = r.id) END AS cost
    FROM premise_run r WHERE r.project_id = ${projectId}::uuid`
  return new Map(rows.map(({ id, good, cost }) => [id, { good, cost }]))
}
