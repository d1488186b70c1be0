import { createHash } from 'node:crypto'
import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { Preference } from '@/lib/generated/prisma/client'
import { pairPrint } from '@/lib/stages/submissions/pair-print'
import { drawnOrder, drawnPairs } from '@/lib/stages/submissions/drawn-pairs'
import { premiseOf } from '@/lib/text/test-row'

/** Whoever votes, by the name that was typed. */
export const voterName = z.string().trim().min(1).max(40)

/** Two runs of a round on one row: by their places, so that nobody can tell from it whose stories are shown. */
export const question = z.object({ row: z.number().int(), first: z.number().int(), second: z.number().int() })
export type Question = z.infer<typeof question>

/** What a voter says; `print` is that of the texts that were read. */
export const ballot = z.object({ ...question.shape, voter: voterName, preference: z.enum(Preference), reason: z.string().trim().max(500).default(''), print: z.string() })
export type Ballot = z.infer<typeof ballot>

export type Shown = Question & { premise: string; left: string; right: string; print: string }
export type Asked = { done: number; total: number; questions: Shown[] }

/**
 * The next pairs of stories that a voter has not judged. Rows come in an order drawn from the round's seed, the same for every voter, so
 * that they judge the same ones; every row once before any comes with another pair of runs. Which story stands left is drawn for each
 * voter. Pairs whose stories are the same text are not asked about. Throws run.missing.
 */
export async function nextQuestions(roundId: string, voter: string, take = 8): Promise<Asked> {
  const round = await roundOf(roundId)
  const rows = await db().$queryRaw<{ row: number; first: number; second: number; total: number; left: number }[]>`
    WITH drawn AS (${drawnPairs(round)}),
      left_over AS (SELECT drawn.* FROM drawn WHERE NOT EXISTS (SELECT 1 FROM vote v WHERE v.vote_round_id = ${roundId}::uuid AND v.voter = ${voter} AND v.test_row_id = row
        AND v.left_run_id IN (one, other) AND v.right_run_id IN (one, other)))
    SELECT row, first, second, (SELECT count(*)::int FROM drawn) AS total, count(*) OVER ()::int AS left FROM left_over
    ORDER BY ${drawnOrder(round)} LIMIT ${take}`
  const [any] = rows
  if (!any) {
    const done = await db().vote.count({ where: { voteRoundId: roundId, voter } })
    return { done, total: done, questions: [] }
  }
  const shown = await Promise.all(rows.map(({ row, first, second }) => show(round, voter, { row, first, second })))
  return { done: any.total - any.left, total: any.total, questions: shown.map(({ row, first, second, premise, left, right, print }) => ({ row, first, second, premise, left, right, print })) }
}

/** Keeps a vote; a voter's second one on the same stories takes the first one's place. Throws run.missing and votes.no-such-pair. */
export async function castVote(roundId: string, { voter, preference, reason, print, ...asked }: Ballot): Promise<void> {
  const shown = await show(await roundOf(roundId), voter, asked)
  if (shown.print !== print) throw new MolianError('votes.no-such-pair')
  const place = { voteRoundId: roundId, voter, testRowId: asked.row, leftRunId: shown.leftRunId, rightRunId: shown.rightRunId }
  const said = { preference, reason, print }
  await db().vote.upsert({ where: { voteRoundId_voter_testRowId_leftRunId_rightRunId: place }, create: { ...place, ...said }, update: { ...said, at: new Date() } })
}

type Round = { id: string; seed: number; testFileId: string; runs: { place: number; storyRunId: string }[] }

async function roundOf(roundId: string): Promise<Round> {
  const round = await db().voteRound.findUnique({ where: { id: roundId }, include: { runs: true } })
  if (!round) throw new MolianError('run.missing', { what: 'round of votes' })
  return round
}

/** A pair as a voter sees it, and whose stories they are. */
async function show(round: Round, voter: string, asked: Question): Promise<Shown & { leftRunId: string; rightRunId: string }> {
  const runOf = (place: number) => round.runs.find((run) => run.place === place)?.storyRunId
  const [first, second] = [runOf(asked.first), runOf(asked.second)]
  const row = await db().testRow.findFirst({ where: { id: asked.row, testFileId: round.testFileId }, include: { stories: { where: { storyRunId: { in: [first, second].filter((id) => id !== undefined) } } } } })
  const textOf = (id: string | undefined) => row?.stories.find(({ storyRunId }) => storyRunId === id)?.text
  const [one, other] = [textOf(first), textOf(second)]
  if (!row || !first || !second || first === second || one === undefined || other === undefined) throw new MolianError('votes.no-such-pair')
  const swapped = isSwapped(round.seed, voter, asked)
  const [left, right] = swapped ? [other, one] : [one, other]
  const [leftRunId, rightRunId] = swapped ? [second, first] : [first, second]
  return { ...asked, premise: premiseOf(row), left, right, print: pairPrint(left, right), leftRunId, rightRunId }
}

/** Drawn anew for each voter and pair, the same whenever it is asked. */
function isSwapped(seed: number, voter: string, { row, first, second }: Question): boolean {
  return (createHash('sha256').update(`${seed}:${row}:${first}:${second}:${voter}`).digest()[0] ?? 0) >= 128
}
