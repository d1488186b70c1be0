import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { JobState, Prisma, VoteRound } from '@/lib/generated/prisma/client'
import { nextOrdinal } from '@/lib/stages/ordinal'

/** Most runs in one round: each pair of them is asked about. */
export const mostInRound = 8

const named = {
  testFile: { include: { upload: { select: { fileName: true } } } },
  runs: { orderBy: { place: 'asc' }, include: { storyRun: { include: { model: true, endpoint: { omit: { keyCipher: true } } } } } },
} as const

export type RoundWithRuns = Prisma.VoteRoundGetPayload<{ include: typeof named }>

/** A round of blind votes between the runs of these submissions, its order drawn from a new seed. Throws votes.unlike. */
export async function startRound(projectId: string, submissionIds: readonly string[], seed = randomInt(2 ** 31)): Promise<VoteRound> {
  const submissions = await db().submission.findMany({
    where: { id: { in: [...submissionIds] }, projectId },
    select: { storyRun: { select: { id: true, testFileId: true } } },
    orderBy: { ordinal: 'asc' },
  })
  const runs = [...new Map(submissions.map(({ storyRun }) => [storyRun.id, storyRun])).values()]
  const testFileId = runs[0]?.testFileId
  if (!testFileId || runs.length < 2 || runs.length > mostInRound || runs.some((run) => run.testFileId !== testFileId)) throw new MolianError('votes.unlike')
  return db().$transaction(async (tx) => {
    const ordinal = await nextOrdinal(tx, 'vote_round', projectId)
    return tx.voteRound.create({ data: { projectId, ordinal, testFileId, seed, runs: { create: runs.map(({ id }, place) => ({ place, storyRunId: id })) } } })
  })
}

/** One round with the names of its runs; null where the project has none of this id. */
export async function findRound(projectId: string, id: string): Promise<RoundWithRuns | null> {
  return z.uuid().safeParse(id).success ? db().voteRound.findFirst({ where: { id, projectId }, include: named }) : null
}

export type ListedRound = RoundWithRuns & { voters: { voter: string; votes: number }[] }

/** A project's rounds, the newest first, with how much each voter has said. */
export async function listRounds(projectId: string): Promise<ListedRound[]> {
  const [rounds, counts] = await Promise.all([
    db().voteRound.findMany({ where: { projectId }, include: named, orderBy: { ordinal: 'desc' } }),
    db().vote.groupBy({ by: ['voteRoundId', 'voter'], where: { voteRound: { projectId } }, _count: true, orderBy: { voter: 'asc' } }),
  ])
  return rounds.map((round) => ({ ...round, voters: counts.filter(({ voteRoundId }) => voteRoundId === round.id).map(({ voter, _count }) => ({ voter, votes: _count })) }))
}

/** What goes with a round. */
export type RoundContents = { votes: number; voters: number; judges: number; judgements: number }

/** How much hangs on each of a project's rounds. */
export async function roundContents(projectId: string): Promise<Map<string, RoundContents>> {
  const rows = await db().$queryRaw<(RoundContents & { id: string })[]>`
    SELECT o.id, (SELECT count(*)::int FROM vote v WHERE v.vote_round_id = o.id) AS votes, (SELECT count(DISTINCT v.voter)::int FROM vote v WHERE v.vote_round_id = o.id) AS voters,
      (SELECT count(*)::int FROM judge_run j WHERE j.vote_round_id = o.id) AS judges,
      (SELECT count(*)::int FROM judge_answer a JOIN judge_run j ON j.id = a.judge_run_id WHERE j.vote_round_id = o.id) AS judgements
    FROM vote_round o WHERE o.project_id = ${projectId}::uuid`
  return new Map(rows.map(({ id, ...contents }) => [id, contents]))
}

/** Deletes a round with its votes, its judges and what they said. Throws run.missing, and votes.round-judged while a judge waits or asks. */
export async function deleteRound(projectId: string, id: string): Promise<void> {
  await db().$transaction(async (tx) => {
    // Held to the end: a judge that is being queued refers to the row and waits, and is then told that the round is gone.
    const [round] = z.uuid().safeParse(id).success ? await tx.$queryRaw<{ id: string }[]>`SELECT id FROM vote_round WHERE id = ${id}::uuid AND project_id = ${projectId}::uuid FOR UPDATE` : []
    if (!round) throw new MolianError('run.missing', { what: 'round of votes' })
    // Held, too: one that failed may be asked for again.
    const jobs = await tx.$queryRaw<{ id: string; state: JobState }[]>`SELECT b.id, b.state FROM job b JOIN judge_run j ON j.job_id = b.id WHERE j.vote_round_id = ${id}::uuid ORDER BY b.id FOR UPDATE OF b`
    if (jobs.some(({ state }) => state === 'queued' || state === 'running')) throw new MolianError('votes.round-judged')
    await tx.job.deleteMany({ where: { id: { in: jobs.map((job) => job.id) } } })
    await tx.voteRound.delete({ where: { id } })
  })
}
