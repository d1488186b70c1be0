import { pool } from '@/lib/db'
import { channel, type Change } from '@/lib/events'
import type { Attempt } from '@/lib/queue/attempt'
import { LeaseLost } from '@/lib/queue/lease'
import { throughOutage } from '@/gpu-worker/outage'
import type { Answered, Failed } from '@/gpu-worker/stages/write-premises/answered'

/**
 * Writes what has come together: every answer once, and the outcomes it decides. A question waits for this, so it is one
 * statement and one way to the database and back; true to the claim as `attempt.write` is: a stale attempt writes nothing
 * and gets LeaseLost.
 */
export async function keepAnswers(attempt: Attempt, premiseRunId: string, batch: readonly (Answered | Failed)[]): Promise<void> {
  const { jobId, epoch, projectId } = attempt
  const change: Change = { project: projectId, topic: 'premises', id: premiseRunId }
  const answers = JSON.stringify(batch.filter((each) => each.kind === 'answer'))
  const outcomes = JSON.stringify(batch.flatMap((each) => outcomeOf(each) ?? []))
  // Written again when the database went away in the middle of it: what is there already stays.
  await throughOutage(async () => {
    const { rowCount } = await pool().query({ name: 'keep-answers', text: statement, values: [jobId, epoch, premiseRunId, answers, outcomes, channel, JSON.stringify(change)] })
    if (rowCount === 0) throw new LeaseLost(`Job ${jobId} is no longer in epoch ${epoch}`)
  }, attempt.signal)
}

// A server may count in halves, and a clock does; the columns are whole.
const statement = `
  WITH held AS MATERIALIZED (SELECT 1 FROM job WHERE id = $1::uuid AND epoch = $2::int AND state = 'running' FOR SHARE),
  answered AS (
    INSERT INTO premise_answer (premise_run_id, passage_id, attempt, epoch, text, flaws, question, is_reused, finish_reason, served_model, cost, prompt_tokens, completion_tokens, latency_ms)
    SELECT $3::uuid, given."passageId", given.attempt, $2::int, given.text, given.flaws, given.question, given."isReused", given."finishReason", given."servedModel", given.cost, round(given."promptTokens")::int, round(given."completionTokens")::int, round(given."latencyMs")::int
    FROM held, jsonb_to_recordset($4::jsonb) AS given("passageId" int, attempt int, text text, flaws text[], question text, "isReused" boolean, "finishReason" text, "servedModel" text, cost float8, "promptTokens" float8, "completionTokens" float8, "latencyMs" float8)
    ON CONFLICT DO NOTHING),
  decided AS (
    INSERT INTO premise (premise_run_id, passage_id, epoch, style, outcome, text, flaws, attempts, error_code, error_params)
    SELECT $3::uuid, given."passageId", $2::int, given.style, given.outcome, given.text, given.flaws, given.attempts, given."errorCode", given."errorParams"
    FROM held, jsonb_to_recordset($5::jsonb) AS given("passageId" int, style "PremiseStyle", outcome "Outcome", text text, flaws text[], attempts int, "errorCode" text, "errorParams" jsonb)
    ON CONFLICT DO NOTHING)
  SELECT pg_notify($6, $7) FROM held`

function outcomeOf(each: Answered | Failed): Record<string, unknown> | null {
  const { passageId, style } = each
  if (each.kind === 'failure') {
    const { error, attempts } = each
    return { passageId, style, outcome: 'failed', text: '', flaws: [], attempts, errorCode: error.code, errorParams: error.params }
  }
  const { outcome, text, flaws, attempt } = each
  return outcome ? { passageId, style, outcome, text, flaws, attempts: attempt } : null
}
