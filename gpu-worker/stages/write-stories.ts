import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import { askMany } from '@/lib/llm/ask-many'
import type { Attempt, Handler } from '@/lib/queue/attempt'
import { Paused } from '@/lib/queue/lease'
import { putStories, putTries } from '@/lib/stages/stories/put-story'
import { startScoring } from '@/lib/stages/stories/scoring'
import { storyRunSettings } from '@/lib/stages/stories/run-settings'
import { withWriter } from '@/gpu-worker/engine/with-writer'
import { groupCommit } from '@/gpu-worker/group-commit'
import { missingOf, missingRows } from '@/gpu-worker/stages/write-stories/missing-rows'
import { modelLabel } from '@/gpu-worker/stages/model-label'
import { longestQuestion } from '@/gpu-worker/stages/write-stories/story-question'
import { writeRow, type Kept } from '@/gpu-worker/stages/write-stories/write-row'

/** A story for every row of the test file, or of its preview, all rows at once; each try is kept when it comes, only missing rows are asked for. */
export const writeStories: Handler = async (attempt) => {
  const run = await db().storyRun.findUniqueOrThrow({ where: { id: attempt.subjectId }, include: { promptVersion: true, model: true, testFile: true } })
  const settings = storyRunSettings.parse(run.settings)
  const { sampling } = settings
  const prompt = run.promptVersion
  if (!prompt) throw new Error('A run that writes has a prompt')
  const isPreview = run.previewRows.length > 0
  const total = isPreview ? run.previewRows.length : run.testFile.rowCount
  const missing = await missingOf(run)
  let done = total - missing.rows
  attempt.progress({ done, total, phase: 'starting-engine' })

  if (missing.rows > 0) {
    await withWriter(settings.writer, run.model, attempt, longestQuestion(missing.longest, prompt, sampling), async (ask, served, alive) => {
      const label = modelLabel(run, served, (answered) => attempt.write((tx) => tx.storyRun.update({ where: { id: run.id }, data: answered })))
      attempt.progress({ done, total, phase: 'writing' })
      const stop = new AbortController()
      const signal = AbortSignal.any([alive, stop.signal])
      const commit = groupCommit<Kept>((batch) => keep(attempt, run.id, batch))
      const isAllWritten = await askMany(missingRows(run), Math.min(sampling.concurrency, missing.rows), { signal, pausing: attempt.pausing }, async ({ row, known }) => {
        await writeRow(row, known, { ask, prompt, sampling, signal, label }, (kept) => commit(kept).catch((error: unknown) => stop.abort(error)))
        done += 1
        attempt.progress({ done, total, phase: 'writing' })
      })
      if (!isAllWritten && done < total) throw new Paused('asked')
    }, run.servedName)
  }

  const good = await db().story.count({ where: { storyRunId: run.id, outcome: 'good' } })
  if (good === 0) throw new MolianError('stories.none-good', { total })
  if (!isPreview) await startScoring(run.projectId, run.id)
  return { total, good, refused: total - good }
}

async function keep(attempt: Attempt, storyRunId: string, batch: readonly Kept[]): Promise<void> {
  const { epoch, projectId } = attempt
  // Written again when the database went away in the middle of it: what is there already stays.
  await attempt.write(async (tx) => {
    await putTries(tx, storyRunId, epoch, batch.map(({ tried }) => tried))
    await putStories(tx, storyRunId, epoch, batch.flatMap(({ story }) => story ?? []))
    await announce(tx, { project: projectId, topic: 'stories', id: storyRunId })
  })
}
