import { db } from '@/lib/db'
import type { Preference } from '@/lib/generated/prisma/client'
import { agreement } from '@/lib/scoring/agreement'
import type { Comparison } from '@/lib/scoring/bradley-terry'
import { type Ranking, ranking } from '@/lib/scoring/ranking'
import { type JudgeReport, judgeVotes } from '@/lib/stages/submissions/judge-votes'

/** Whose votes are counted. Of people and judges together it is said that they are. */
export const electorates = ['people', 'judge', 'both'] as const
export type Electorate = (typeof electorates)[number]

/** `contradicted`: of a judge that said otherwise in the other order; as good as a tie. */
export type Said = Preference | 'contradicted'

export type CountedVote = { row: number; voter: string; leftRunId: string; rightRunId: string; preference: Said; isStale: boolean }

export type HeadToHead = { one: number; other: number; won: number; lost: number; bothGood: number; bothBad: number; contradicted: number }

/** What votes say of the runs that wrote one test file's rows. Runs are named by their place in `runIds`. */
export type VoteRanking = {
  runIds: string[]
  /** null until somebody preferred something. */
  ranking: Ranking | null
  pairs: HeadToHead[]
  /** Runs in groups that no vote connects: between two groups nothing can be said. */
  groups: number[][]
  voters: { voter: string; votes: number; skipped: number }[]
  /** Krippendorff's alpha over the pairs of stories that several people judged, and how many those are. */
  agreement: number | null
  judgedBySeveral: number
  counted: number
  /** Votes on stories that have changed since; they are not counted. */
  stale: number
  /** What models have judged, whoever is counted. */
  judges: JudgeReport[]
  /** Votes that there are of people and of judges, whoever is counted. */
  available: { people: number; judge: number }
}

/** The ranking of a test file's runs by all rounds' votes: of people, of judges, or of both. A voter's latest word on two stories counts. */
export async function rankByVotes(projectId: string, testFileId: string, who: Electorate = 'people'): Promise<VoteRanking> {
  const votes = await db().$queryRaw<CountedVote[]>`
    SELECT DISTINCT ON (v.voter, v.test_row_id, least(v.left_run_id, v.right_run_id), greatest(v.left_run_id, v.right_run_id)) v.test_row_id AS row, v.voter,
      v.left_run_id AS "leftRunId", v.right_run_id AS "rightRunId", v.preference, v.print IS DISTINCT FROM md5(l.text || chr(1) || r.text) AS "isStale"
    FROM vote v JOIN vote_round o ON o.id = v.vote_round_id AND o.project_id = ${projectId}::uuid AND o.test_file_id = ${testFileId}::uuid
      LEFT JOIN story l ON l.story_run_id = v.left_run_id AND l.test_row_id = v.test_row_id LEFT JOIN story r ON r.story_run_id = v.right_run_id AND r.test_row_id = v.test_row_id
    ORDER BY v.voter, v.test_row_id, least(v.left_run_id, v.right_run_id), greatest(v.left_run_id, v.right_run_id), v.at DESC, v.id DESC`
  const ofPeople = votes.filter(({ isStale }) => !isStale)
  const judged = await judgeVotes(projectId, testFileId, ofPeople)
  const valid = [...(who === 'judge' ? [] : ofPeople), ...(who === 'people' ? [] : judged.votes)]
  const said = valid.filter(({ preference }) => preference !== 'skipped')
  const runIds = [...new Set(said.flatMap(({ leftRunId, rightRunId }) => [leftRunId, rightRunId]))].toSorted()
  const comparisons = said.map((vote): Comparison => ({ left: runIds.indexOf(vote.leftRunId), right: runIds.indexOf(vote.rightRunId), winner: winnerOf(vote.preference) }))
  const units = unitsOf(said)
  return {
    runIds,
    ranking: comparisons.length === 0 ? null : ranking(runIds.length, comparisons),
    pairs: headToHead(said, runIds),
    groups: groupsOf(runIds.length, comparisons),
    voters: votersOf(valid),
    agreement: agreement(units),
    judgedBySeveral: units.filter((values) => values.length > 1).length,
    counted: said.length,
    stale: (who === 'judge' ? 0 : votes.length - ofPeople.length) + (who === 'people' ? 0 : judged.stale),
    judges: judged.reports,
    available: { people: ofPeople.filter(({ preference }) => preference !== 'skipped').length, judge: judged.votes.length },
  }
}

function winnerOf(preference: Said): Comparison['winner'] {
  return preference === 'left' || preference === 'right' ? preference : 'tie'
}

/** What each voter said of the same two stories: whose was better, or that neither was. */
function unitsOf(votes: readonly CountedVote[]): string[][] {
  const units = new Map<string, string[]>()
  for (const { row, leftRunId, rightRunId, preference } of votes) {
    const key = [row, ...[leftRunId, rightRunId].toSorted()].join(' ')
    const value = preference === 'left' ? leftRunId : preference === 'right' ? rightRunId : 'tie'
    units.set(key, [...(units.get(key) ?? []), value])
  }
  return [...units.values()]
}

function headToHead(votes: readonly CountedVote[], runIds: readonly string[]): HeadToHead[] {
  const pairs = new Map<string, HeadToHead>()
  for (const { leftRunId, rightRunId, preference } of votes) {
    const [left, right] = [runIds.indexOf(leftRunId), runIds.indexOf(rightRunId)]
    const [one, other] = left < right ? [left, right] : [right, left]
    const pair = pairs.get(`${one} ${other}`) ?? { one, other, won: 0, lost: 0, bothGood: 0, bothBad: 0, contradicted: 0 }
    if (preference === 'both_good') pair.bothGood += 1
    else if (preference === 'both_bad') pair.bothBad += 1
    else if (preference === 'contradicted') pair.contradicted += 1
    else if ((preference === 'left') === (left === one)) pair.won += 1
    else pair.lost += 1
    pairs.set(`${one} ${other}`, pair)
  }
  return [...pairs.values()]
}

function groupsOf(count: number, comparisons: readonly Comparison[]): number[][] {
  const group = Array.from({ length: count }, (_, run) => run)
  for (const { left, right } of comparisons) {
    const [from, to] = [group[left], group[right]]
    if (from === undefined || to === undefined) continue
    group.forEach((each, run) => {
      if (each === from) group[run] = to
    })
  }
  return [...new Set(group)].map((each) => group.flatMap((own, run) => (own === each ? [run] : [])))
}

function votersOf(votes: readonly CountedVote[]): VoteRanking['voters'] {
  const voters = new Map<string, { votes: number; skipped: number }>()
  for (const { voter, preference } of votes) {
    const own = voters.get(voter) ?? { votes: 0, skipped: 0 }
    if (preference === 'skipped') own.skipped += 1
    else own.votes += 1
    voters.set(voter, own)
  }
  return [...voters].map(([voter, counts]) => ({ voter, ...counts })).toSorted((one, other) => other.votes - one.votes)
}
