import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import { askMany } from '@/lib/llm/ask-many'
import type { Attempt, Handler } from '@/lib/queue/attempt'
import { Paused } from '@/lib/queue/lease'
import { rewriteRule, type RewriteRule } from '@/lib/settings/rewrites'
import { flaggedRows, rewriteOf } from '@/lib/stages/stories/flagged'
import { startScoring } from '@/lib/stages/stories/scoring'
import { storyRunSettings } from '@/lib/stages/stories/run-settings'
import { stopReasonOf } from '@/gpu-worker/attempt/stop'
import { withWriter } from '@/gpu-worker/engine/with-writer'
import { groupCommit } from '@/gpu-worker/group-commit'
import { continueRow } from '@/gpu-worker/stages/rewrite-stories/continue-row'
import { keepFurtherTry, type FurtherTry } from '@/gpu-worker/stages/rewrite-stories/keep-further-try'
import { modelLabel } from '@/gpu-worker/stages/model-label'
import { lengthOf, longestQuestion, type Row } from '@/gpu-worker/stages/write-stories/story-question'
import { tryRow, type Writing } from '@/gpu-worker/stages/write-stories/write-row'

/**
 * Further tries for the stories that a rule names, until each is no longer so or has had its tries. Every try is kept when it comes;
 * what is there is scored, also where the rest failed or was cancelled.
 */
export const rewriteStories: Handler = async (attempt) => {
  const rewrite = await db().storyRewrite.findUniqueOrThrow({ where: { id: attempt.subjectId }, include: { storyRun: { include: { promptVersion: true, model: true } } } })
  const { storyRun: run } = rewrite
  const { writer, sampling } = storyRunSettings.parse(run.settings)
  const prompt = run.promptVersion
  if (!prompt) throw new Error('A run that writes has a prompt')
  const rule = rewriteRule.parse(rewrite.settings)
  const used = await usedTries(rewrite.id)
  const { open, ended, longestRow, longestStory } = await extent(run.id, rule, used)
  const total = open + ended
  let done = ended
  attempt.progress({ done, total, phase: 'starting-engine' })

  const scored = () => startScoring(run.projectId, run.id)
  if (open > 0) {
    await scoredInAnyCase(attempt, scored, () => withWriter(writer, run.model, attempt, longestQuestion(longestRow, prompt, sampling, longestStory), async (ask, served, alive) => {
      attempt.progress({ done, total, phase: 'writing' })
      const stop = new AbortController()
      const signal = AbortSignal.any([alive, stop.signal])
      const writing = { ask, prompt, sampling, signal, label: modelLabel(run, served, (answered) => attempt.write((tx) => tx.storyRun.update({ where: { id: run.id }, data: answered }))) }
      const commit = groupCommit<FurtherTry>((batch) => keep(attempt, run.id, batch, { target: sampling.target, rule }))
      const isAllDone = await askMany(openRows(run.id, rule, used), Math.min(sampling.concurrency, open), { signal, pausing: attempt.pausing }, async (row) => {
        await rewriteRow(row, { storyRunId: run.id, rewriteId: rewrite.id, rule, canGoOn: served.kind === 'engine' }, writing, (further) => commit(further).catch((error: unknown) => stop.abort(error)))
        done += 1
        attempt.progress({ done, total, phase: 'writing' })
      })
      if (!isAllDone && done < total) throw new Paused('asked')
    }, run.servedName))
  }

  await scored()
  const further = await db().storyTry.groupBy({ by: ['outcome'], where: { storyRewriteId: rewrite.id }, _count: true })
  return { total, tries: further.reduce((sum, { _count }) => sum + _count, 0) }
}

/** Of an attempt that pauses, loses its claim or goes on elsewhere, the one that goes on will score. */
async function scoredInAnyCase(attempt: Attempt, scored: () => Promise<unknown>, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (error instanceof MolianError || stopReasonOf(attempt.signal) === 'cancel') await scored()
    throw error
  }
}

type Rewriting = { storyRunId: string; rewriteId: string; rule: RewriteRule; canGoOn: boolean }

/** Looks at the story as it stands before each try: a person may have changed it in the meantime. */
async function rewriteRow(row: Row, { storyRunId, rewriteId, rule, canGoOn }: Rewriting, writing: Writing, keep: (further: FurtherTry) => Promise<void>): Promise<void> {
  const where = { storyRunId, testRowId: row.id }
  let used = await db().storyTry.count({ where: { ...where, storyRewriteId: rewriteId } })
  for (; used < rule.tries; used++) {
    const story = await db().story.findFirstOrThrow({ where })
    const wanted = rewriteOf(row, story, rule)
    if (wanted === null) return
    // Numbers only grow, so no seed is drawn twice.
    const next = story.attempts + 1
    const tried = wanted === 'continue' ? await continueRow(row, next, story, writing, canGoOn) : await tryRow(row, next, writing)
    await keep({ row, tried: { ...tried, storyRewriteId: rewriteId } })
    writing.signal.throwIfAborted()
  }
}

/** Tries that a rewriting has had so far, by row. */
async function usedTries(storyRewriteId: string): Promise<ReadonlyMap<number, number>> {
  const used = await db().storyTry.groupBy({ by: ['testRowId'], where: { storyRewriteId }, _count: true })
  return new Map(used.map(({ testRowId, _count }) => [testRowId, _count]))
}

/** Rows that the rule still wants tries for, in their order. */
async function* openRows(storyRunId: string, rule: RewriteRule, used: ReadonlyMap<number, number>): AsyncGenerator<Row> {
  for await (const row of flaggedRows(storyRunId, rule)) if ((used.get(row.id) ?? 0) < rule.tries) yield row
}

/** How many rows are open and how many have had their tries; characters of the longest open row, and of the longest story that is gone on with. */
async function extent(storyRunId: string, rule: RewriteRule, used: ReadonlyMap<number, number>): Promise<{ open: number; ended: number; longestRow: number; longestStory: number }> {
  let [open, begun, longestRow] = [0, 0, 0]
  for await (const row of openRows(storyRunId, rule, used)) {
    open += 1
    if (used.has(row.id)) begun += 1
    longestRow = Math.max(longestRow, lengthOf(row))
  }
  const [story] = rule.continueCutOff
    ? await db().$queryRaw<{ characters: number | null }[]>`SELECT max(char_length(text))::int AS characters FROM story WHERE story_run_id = ${storyRunId}::uuid AND finish_reason = 'length'`
    : []
  return { open, ended: used.size - begun, longestRow, longestStory: story?.characters ?? 0 }
}

async function keep(attempt: Attempt, storyRunId: string, batch: readonly FurtherTry[], measure: { target: number; rule: RewriteRule }): Promise<void> {
  const { epoch, projectId } = attempt
  await attempt.write(async (tx) => {
    for (const further of batch) await keepFurtherTry(tx, storyRunId, epoch, further, measure)
    await announce(tx, { project: projectId, topic: 'stories', id: storyRunId })
  })
}
