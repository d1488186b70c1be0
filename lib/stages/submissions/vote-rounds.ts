import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { Prisma, VoteRound } from '@/lib/generated/prisma/client'
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
