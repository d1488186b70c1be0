import { createHash } from 'node:crypto'
import { artifactPath, inHome, writeAtomically } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { announce } from '@/lib/events'
import type { Handler } from '@/lib/queue/attempt'
import { submissionSettings } from '@/lib/settings/submissions'
import { keepFigures } from '@/lib/stages/submissions/figures'
import { mendedBy } from '@/lib/stages/submissions/mending'
import type { CheckRecord } from '@/lib/stages/submissions/submissions'
import { checkSubmission } from '@/lib/submission/check'
import { outputPrint } from '@/lib/submission/output-print'
import { submissionLines } from '@/lib/submission/write'
import { expectedRows, rowsWithStories } from '@/gpu-worker/stages/read-submission/expected-rows'

/** Writes submit.json whole or not at all, then checks the very file that will be handed out. */
export const makeSubmission: Handler = async (attempt) => {
  const submission = await db().submission.findUniqueOrThrow({
    where: { id: attempt.subjectId },
    include: { storyRun: { include: { testFile: true } } },
  })
  const { storyRun } = submission
  const total = storyRun.testFile.rowCount
  const relative = artifactPath.submission(submission.id)
  attempt.progress({ done: 0, total, phase: 'writing' })
  const made = new MadeOf()
  const trims = mendedBy.safeParse(submission.mending).data?.trims ?? false
  await writeAtomically(inHome(relative), submissionLines(answeredRows(storyRun.testFileId, storyRun.id, trims, made)))
  attempt.progress({ done: total, total, phase: 'checking' })
  const check = await checkSubmission(inHome(relative), expectedRows(storyRun.testFileId), submissionSettings.parse(submission.settings))
  const { sha256, bytes, ...record }: CheckRecord & { sha256: string; bytes: number } = check
  await attempt.write(async (tx) => {
    await tx.submission.update({ where: { id: submission.id }, data: { path: relative, sha256, bytes, problems: record, ...made.columns() }, select: { id: true } })
    await keepFigures(tx, storyRun.id)
    await announce(tx, { project: submission.projectId, topic: 'submissions', id: submission.id })
  })
  return { rows: record.rows, bytes, sha256, problems: record.problems.length + record.moreProblems }
}

/** What a submission was made of, row by row as it was read: a story may be changed while the file is written. */
class MadeOf {
  private readonly outputPrints: number[] = []
  private readonly tryNumbers: number[] = []
  /** As storiesPrint (lib/stages/stories/print.ts) says it. */
  private readonly print = createHash('md5')
  private isEmpty = true

  add(output: string, story: { text: string; tryNumber: number } | undefined): void {
    this.outputPrints.push(story ? outputPrint(output) : 0)
    this.tryNumbers.push(story?.tryNumber ?? 0)
    if (!story) return
    this.isEmpty = false
    this.print.update(createHash('md5').update(story.text).digest('hex'))
  }

  columns(): { outputPrints: number[]; tryNumbers: number[]; storiesPrint: string } {
    const { outputPrints, tryNumbers } = this
    return { outputPrints, tryNumbers, storiesPrint: this.isEmpty ? '' : this.print.copy().digest('hex') }
  }
}

/**
 * Every row with what its story says. A refused story's text goes in too: no row may be left without output, the flaw stays
 * visible in the studio, and the check refuses a file in which an output is empty.
 */
async function* answeredRows(testFileId: string, storyRunId: string, trims: boolean, made: MadeOf): AsyncGenerator<{ record: Record<string, unknown>; output: string }> {
  for await (const { record, story } of rowsWithStories(testFileId, storyRunId)) {
    const output = trims ? (story?.text.trim() ?? '') : (story?.text ?? '')
    made.add(output, story)
    yield { record, output }
  }
}
