import { z } from 'zod'
import { db } from '@/lib/db'
import type { TryKind } from '@/lib/generated/prisma/client'
import { MolianError } from '@/lib/errors'
import { type Measure, measureKinds } from '@/lib/scoring/measure-kinds'
import { measureName, scoringRules, storyMeasures, type StoryMeasures } from '@/lib/scoring/measures'
import { rowPremise } from '@/lib/stages/stories/row-premise'
import { mendedBy } from '@/lib/stages/submissions/mending'
import { premiseOf } from '@/lib/text/test-row'

export const orders = ['difference', 'worst', 'row'] as const
export const shows = ['all', 'unlike', 'flawed', 'missing'] as const

/** Which rows are compared and in what order, as the address has it. */
export const compareView = z.object({
  measure: measureName.catch('lengthScore'),
  by: z.enum(orders).catch('difference'),
  show: z.enum(shows).catch('all'),
  /** What the premise must have in it. */
  q: z.string().max(200).catch(''),
})
export type CompareView = z.infer<typeof compareView>

/** Most submissions beside each other. */
export const mostCompared = 4

export type OrderedRow = { ordinal: number; figures: (number | null)[] }

/** A run that is compared; of each row which try the submission has, none where that was not kept. */
type Compared = { runId: string; tryNumbers: readonly number[]; trims: boolean }

/** The story runs of two to four submissions of one project and test file, in the order asked for. Throws compare.unlike and run.missing. */
async function comparedRuns(submissionIds: readonly string[]): Promise<{ testFileId: string; compared: Compared[]; runIds: string[] }> {
  const submissions = await db().submission.findMany({ where: { id: { in: submissionIds.filter((id) => z.uuid().safeParse(id).success) } }, include: { storyRun: true }, omit: { outputPrints: true } })
  const runs = submissionIds.map((id) => {
    const submission = submissions.find((each) => each.id === id)
    if (!submission) throw new MolianError('run.missing', { what: 'submission' })
    return submission
  })
  const [first] = runs
  if (!first || runs.length < 2 || runs.length > mostCompared || runs.some(({ storyRun }) => storyRun.testFileId !== first.storyRun.testFileId)) throw new MolianError('compare.unlike')
  const compared = runs.map(({ storyRunId, tryNumbers, mending }) => ({ runId: storyRunId, tryNumbers, trims: mendedBy.safeParse(mending).data?.trims ?? false }))
  return { testFileId: first.storyRun.testFileId, compared, runIds: [...new Set(compared.map(({ runId }) => runId))] }
}

/** The rows to compare in their order, each with the chosen measure's figure of every submission. */
export async function comparedOrder(submissionIds: readonly string[], view: CompareView): Promise<OrderedRow[]> {
  const { testFileId, compared, runIds } = await comparedRuns(submissionIds)
  // Two plain reads and not one join: PostgreSQL, which knows nothing yet of rows just written, would join them a thousand times over.
  const [testRows, cells] = await Promise.all([
    db().$queryRaw<{ id: number; ordinal: number }[]>`
      SELECT id, ordinal FROM test_row WHERE test_file_id = ${testFileId}::uuid AND (${view.q} = '' OR position(${view.q} IN ${rowPremise}) > 0) ORDER BY ordinal`,
    db().$queryRaw<{ rowId: number; runId: string; number: number; value: number | null; flawed: boolean }[]>`
      SELECT s.test_row_id AS "rowId", s.story_run_id AS "runId", s.try_number AS number, (c.measures->'figures'->>${view.measure})::float8 AS value, s.outcome = 'refused' OR cardinality(s.flaws) > 0 AS flawed
      FROM story s LEFT JOIN story_score c ON c.story_id = s.id AND c.rules = ${scoringRules} WHERE s.story_run_id = ANY(${runIds}::uuid[])`,
  ])
  const rows = new Map(testRows.map(({ id, ordinal }) => [id, { ordinal, cells: new Map<string, { number: number; value: number | null }>(), flawed: false }]))
  for (const { rowId, runId, number, value, flawed } of cells) {
    const row = rows.get(rowId)
    row?.cells.set(runId, { number, value })
    if (row && flawed) row.flawed = true
  }
  const shown = [...rows.values()].flatMap(({ ordinal, cells: known, flawed }) => {
    // Of a story that was changed since, the figures are not the submission's.
    const own = compared.map(({ runId, tryNumbers }) => {
      const cell = known.get(runId)
      return cell && isStill(tryNumbers, ordinal, cell.number) ? cell.value : null
    })
    const isMissing = compared.some(({ runId, tryNumbers }) => (tryNumbers.length > 0 ? tryNumbers[ordinal] === 0 : !known.has(runId)))
    const fits = { all: true, flawed, missing: isMissing, unlike: new Set(own).size > 1 }[view.show]
    return fits ? [{ ordinal, figures: own }] : []
  })
  return ordered(shown, view)
}

/** By the largest difference or by the worst figure, what cannot be said last; rows that are alike in it stay in their own order. */
function ordered(rows: readonly OrderedRow[], { by, measure }: Pick<CompareView, 'by' | 'measure'>): OrderedRow[] {
  if (by === 'row') return [...rows]
  const sign = measureKinds[measure].better === 'more' ? -1 : 1
  const weight = ({ figures }: OrderedRow): number => {
    const known = figures.filter((figure) => figure !== null)
    if (known.length === 0 || (by === 'difference' && known.length < 2)) return -Infinity
    return by === 'difference' ? Math.max(...known) - Math.min(...known) : Math.max(...known.map((figure) => sign * figure))
  }
  return rows.map((row) => ({ row, weight: weight(row) })).toSorted((one, other) => (one.weight === other.weight ? 0 : other.weight - one.weight)).map(({ row }) => row)
}

/** Whether a row's story is the try that a submission has of it. */
function isStill(tryNumbers: readonly number[], ordinal: number, tryNumber: number): boolean {
  return tryNumbers.length === 0 || tryNumbers[ordinal] === tryNumber
}

export type ComparedStory = { text: string; kind: TryKind; finishReason: string; flaws: string[]; characters: number; measures: StoryMeasures | null }
export type ComparedStories = { ordinal: number; premise: string; stories: (ComparedStory | null)[] }

/** The premises and stories of some rows, one entry a submission; null where its run has no story for the row. */
export async function comparedStories(submissionIds: readonly string[], ordinals: readonly number[]): Promise<ComparedStories[]> {
  const { testFileId, compared, runIds } = await comparedRuns(submissionIds)
  const ofRuns = { storyRunId: { in: runIds } }
  const rows = await db().testRow.findMany({
    where: { testFileId, ordinal: { in: [...ordinals] } },
    select: { ordinal: true, input: true, instruction: true, stories: { where: ofRuns, include: { score: true } }, storyTries: { where: ofRuns } },
  })
  return rows.map((row) => ({
    ordinal: row.ordinal,
    premise: premiseOf(row),
    stories: compared.map(({ runId, tryNumbers, trims }) => {
      const story = row.stories.find(({ storyRunId }) => storyRunId === runId)
      const number = tryNumbers.length > 0 ? tryNumbers[row.ordinal] : story?.tryNumber
      const tried = row.storyTries.find((each) => each.storyRunId === runId && each.number === number)
      if (!tried) return null
      const { finishReason, flaws, kind } = tried
      const text = trims ? tried.text.trim() : tried.text
      const score = story?.tryNumber === number ? story?.score : null
      const measures = score?.rules === scoringRules ? (storyMeasures.safeParse(score.measures).data ?? null) : null
      return { text, kind, finishReason, flaws, characters: [...text].length, measures }
    }),
  }))
}

/** How two to four submissions stand in one measure over all rows: how often each alone is best, and how often none is. */
export function tally(rows: readonly OrderedRow[], columns: number, measure: Measure): { wins: number[]; ties: number } {
  const { better } = measureKinds[measure]
  const wins = Array.from({ length: columns }, () => 0)
  let ties = 0
  for (const { figures } of rows) {
    const known = figures.filter((figure) => figure !== null)
    if (known.length < 2) continue
    const best = better === 'less' ? Math.min(...known) : Math.max(...known)
    const at = figures.indexOf(best)
    if (known.filter((figure) => figure === best).length > 1) ties += 1
    else wins[at] = (wins[at] ?? 0) + 1
  }
  return { wins, ties }
}
