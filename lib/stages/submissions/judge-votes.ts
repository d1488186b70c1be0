import { db } from '@/lib/db'
import type { Preference } from '@/lib/generated/prisma/client'
import { agreement } from '@/lib/scoring/agreement'
import type { CountedVote, Said } from '@/lib/stages/submissions/ranking'

/** One answer of a judge about two stories in one order; `isStale`: one of them has changed since. */
type Answered = { judge: string; name: string; row: number; leftRunId: string; rightRunId: string; verdict: Preference | null; isStale: boolean; cost: number | null }

/** How a judge has judged, and how far that can be trusted. Shares are of the counts beside them. */
export type JudgeReport = {
  judge: string
  name: string
  answers: number
  /** Answers without a verdict that can be read. */
  abstained: number
  /** Pairs with a verdict in both orders, and those in which it was the same both times. */
  pairs: number
  consistent: number
  /** Verdicts for one of the two, and those for the one that stood first: half of them, where the place does not matter. */
  decided: number
  firstPreferred: number
  /** People's votes on the same two stories, those that agree with the judge, and Krippendorff's alpha of each person and the judge. */
  withPeople: number
  agreed: number
  alpha: number | null
  cost: number | null
}

export type Judged = { votes: CountedVote[]; reports: JudgeReport[]; stale: number }

/**
 * What the judges say of a test file's runs. Two stories have a judge's vote when it gave a verdict in both orders: the same one, or, where
 * it contradicts itself, a tie that is told apart from what it calls one. Of several runs of one judge the latest answer counts.
 */
export async function judgeVotes(projectId: string, testFileId: string, people: readonly CountedVote[]): Promise<Judged> {
  const answers = await db().$queryRaw<Answered[]>`
    SELECT DISTINCT ON (who.judge, a.test_row_id, a.left_run_id, a.right_run_id) who.judge, who.name, a.test_row_id AS row, a.left_run_id AS "leftRunId", a.right_run_id AS "rightRunId",
      a.verdict, a.print IS DISTINCT FROM md5(l.text || chr(1) || r.text) AS "isStale", a.cost
    FROM judge_answer a JOIN judge_run j ON j.id = a.judge_run_id JOIN vote_round o ON o.id = j.vote_round_id AND o.project_id = ${projectId}::uuid AND o.test_file_id = ${testFileId}::uuid
      LEFT JOIN endpoint e ON e.id = j.endpoint_id LEFT JOIN model m ON m.id = j.model_id
      CROSS JOIN LATERAL (SELECT coalesce(j.endpoint_id::text || ' ' || (j.settings->'writer'->>'model'), j.model_id::text, j.id::text) AS judge,
        coalesce((j.settings->'writer'->>'model') || coalesce(' · ' || e.name, ''), m.name, '–') AS name) AS who
      LEFT JOIN story l ON l.story_run_id = a.left_run_id AND l.test_row_id = a.test_row_id LEFT JOIN story r ON r.story_run_id = a.right_run_id AND r.test_row_id = a.test_row_id
    WHERE a.error_code IS NULL ORDER BY who.judge, a.test_row_id, a.left_run_id, a.right_run_id, j.ordinal DESC`
  const valid = answers.filter(({ isStale }) => !isStale)
  const judges = grouped(valid, ({ judge }) => judge)
  const found = [...judges].map(([judge, own]) => ofJudge(judge, own, people))
  return { votes: found.flatMap(({ votes }) => votes), reports: found.map(({ report }) => report), stale: answers.length - valid.length }
}

function ofJudge(judge: string, answers: readonly Answered[], people: readonly CountedVote[]): { votes: CountedVote[]; report: JudgeReport } {
  const name = answers[0]?.name ?? '–'
  const both = [...grouped(answers, pairOf).values()].flatMap(([one, other]) => {
    return one?.verdict && other?.verdict ? [{ one, other, first: valueOf(one.leftRunId, one.rightRunId, one.verdict), second: valueOf(other.leftRunId, other.rightRunId, other.verdict) }] : []
  })
  const votes = both.map(({ one, other, first, second }): CountedVote => {
    const { row, leftRunId, rightRunId, verdict } = one
    const preference = verdict && first === second && (first !== tie || verdict === other.verdict) ? verdict : 'contradicted'
    return { row, voter: name, leftRunId, rightRunId, preference, isStale: false }
  })
  const said = new Map(votes.map((vote) => [pairOf(vote), valueOf(vote.leftRunId, vote.rightRunId, vote.preference)]))
  const shared = people.filter(({ preference }) => preference !== 'skipped').flatMap((vote) => {
    const own = said.get(pairOf(vote))
    return own === undefined ? [] : [[valueOf(vote.leftRunId, vote.rightRunId, vote.preference), own]]
  })
  const decided = answers.filter(({ verdict }) => verdict === 'left' || verdict === 'right')
  const costs = answers.flatMap(({ cost }) => cost ?? [])
  return {
    votes,
    report: {
      judge, name, answers: answers.length, abstained: answers.filter(({ verdict }) => verdict === null).length,
      pairs: both.length, consistent: votes.filter(({ preference }) => preference !== 'contradicted').length,
      decided: decided.length, firstPreferred: decided.filter(({ verdict }) => verdict === 'left').length,
      withPeople: shared.length, agreed: shared.filter(([one, other]) => one === other).length, alpha: agreement(shared),
      cost: costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0),
    },
  }
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const group = groups.get(keyOf(one))
    if (group) group.push(one)
    else groups.set(keyOf(one), [one])
  }
  return groups
}

const tie = 'tie'

/** Which run was preferred, whichever side it stood on. */
function valueOf(leftRunId: string, rightRunId: string, preference: Said): string {
  return preference === 'left' ? leftRunId : preference === 'right' ? rightRunId : tie
}

function pairOf({ row, leftRunId, rightRunId }: Pick<Answered, 'row' | 'leftRunId' | 'rightRunId'>): string {
  return [row, ...[leftRunId, rightRunId].toSorted()].join(' ')
}
