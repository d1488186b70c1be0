import { setTimeout as sleep } from 'node:timers/promises'
import { pool } from '@/lib/db'
import { log } from '@/lib/log'
import type { Attempt } from '@/lib/queue/attempt'
import { groupCommit } from '@/gpu-worker/group-commit'
import { throughOutage } from '@/gpu-worker/outage'
import { givenBefore, type Known } from '@/gpu-worker/stages/write-premises/known-answers'

/** Whose a question is: this attempt's to ask, answered before, or somebody else's at this moment. */
type Standing = { kind: 'ours' } | { kind: 'answered'; answer: Known } | { kind: 'taken' }

/** Milliseconds between two looks at the questions that others are asking. */
const lookEveryMs = 250

/**
 * Who asks which question, among all processes that share the database. A claim is a row that is committed at once, so
 * that no transaction is open during a call; it is good while its job runs in that epoch, so that what a dead process
 * had claimed is free when its job is. Claims that come together are one statement.
 */
export class QuestionClaims {
  /** Claimed here and not yet written: the same question of another passage is somebody else's too. */
  private readonly asking = new Set<string>()
  private readonly commit: (item: { print: string; standing: Standing }) => Promise<void>
  private look: Promise<void> | undefined

  constructor(private readonly attempt: Attempt) {
    this.commit = groupCommit((batch) => this.claimAll(batch))
  }

  async claim(print: string): Promise<Standing> {
    const item: { print: string; standing: Standing } = { print, standing: { kind: 'taken' } }
    await this.commit(item)
    return item.standing
  }

  /** The answer is written: from now on it is found as one given before. */
  answered(print: string): void {
    this.asking.delete(print)
  }

  /** Nothing came of it: whoever waits may ask. Where the database is away, the end of the job frees it. */
  async release(print: string): Promise<void> {
    this.asking.delete(print)
    await pool()
      .query('DELETE FROM question_claim WHERE question = $1 AND job_id = $2 AND epoch = $3', [print, this.attempt.jobId, this.attempt.epoch])
      .catch((error: unknown) => log.warn({ err: error }, 'a question that failed stays claimed until its run ends'))
  }

  /** Resolves when it is time to look again; all who wait look at the same moment. */
  async nextLook(): Promise<void> {
    this.look ??= sleep(lookEveryMs, undefined, { signal: this.attempt.signal })
      .catch(() => undefined)
      .finally(() => (this.look = undefined))
    await this.look
  }

  private async claimAll(batch: readonly { print: string; standing: Standing }[]): Promise<void> {
    const { jobId, epoch, signal } = this.attempt
    const free = [...new Set(batch.map(({ print }) => print))].filter((print) => !this.asking.has(print))
    const claimed = new Set<string>()
    // Done again when the database went away in the middle: what was claimed then is this attempt's own.
    await throughOutage(async () => {
      const { rows } = await pool().query<{ question: string }>({ name: 'claim-questions', text: statement, values: [free, jobId, epoch] })
      for (const { question } of rows) claimed.add(question)
    }, signal)
    const known = await givenBefore(batch.map(({ print }) => print).filter((print) => !claimed.has(print)))
    for (const item of batch) {
      const answer = known.get(item.print)
      if (answer) item.standing = { kind: 'answered', answer }
      else if (claimed.has(item.print) && !this.asking.has(item.print)) {
        this.asking.add(item.print)
        item.standing = { kind: 'ours' }
      }
    }
  }
}

// In their order, so that two who claim the same ones do not wait for each other. A claim is never taken away from a job
// that runs, and its answer is committed before the job ends: who sees the end sees the answer.
const statement = `
  INSERT INTO question_claim (question, job_id, epoch)
  SELECT asked.question, $2::uuid, $3::int FROM unnest($1::text[]) AS asked(question)
  WHERE NOT EXISTS (SELECT 1 FROM premise_answer a WHERE a.question = asked.question AND NOT a.is_reused)
  ORDER BY asked.question
  ON CONFLICT (question) DO UPDATE SET job_id = excluded.job_id, epoch = excluded.epoch, at = now()
  WHERE (question_claim.job_id = excluded.job_id AND question_claim.epoch = excluded.epoch)
    OR NOT EXISTS (SELECT 1 FROM job j WHERE j.id = question_claim.job_id AND j.epoch = question_claim.epoch AND j.state = 'running' AND j.lease_until > now())
  RETURNING question`
