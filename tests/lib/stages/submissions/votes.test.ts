import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { GET, POST } from '@/app/api/submissions/votes/[roundId]/route'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import type { Preference } from '@/lib/generated/prisma/client'
import { rankByVotes } from '@/lib/stages/submissions/ranking'
import { findRound, listRounds, startRound } from '@/lib/stages/submissions/vote-rounds'
import { castVote, nextQuestions, type Shown } from '@/lib/stages/submissions/votes'
import { expectInvariants } from '@/tests/support/invariants'
import { useStudio } from '@/tests/support/studio'
import { makeTestFile, writeSubmission, type WrittenSubmission } from '@/tests/support/written-submissions'

useStudio()
vi.mock('next/headers', () => ({ cookies: async () => ({ get: () => undefined }) }))

const premises = ['雪夜归人', '江上的灯', '雪落无声', '门外', '渡口', '旧信']
let file: { projectId: string; testFileId: string }
let written: WrittenSubmission[]
beforeEach(async () => {
  file = await makeTestFile(premises)
  written = []
  for (const name of ['甲', '乙', '丙']) written.push(await writeSubmission(file, premises.map((premise) => ({ text: `${name}写${premise}。` }))))
})

const round = (count = 2, seed = 7) => startRound(file.projectId, written.slice(0, count).map(({ id }) => id), seed)
const say = (roundId: string, voter: string, shown: Shown, preference: Preference, reason = '') => castVote(roundId, { voter, preference, reason, row: shown.row, first: shown.first, second: shown.second, print: shown.print })

/** Judges everything that is asked, by what the two texts are. */
async function judgeAll(roundId: string, voter: string, judge: (shown: Shown) => Preference): Promise<Shown[]> {
  const seen: Shown[] = []
  for (;;) {
    const [shown] = (await nextQuestions(roundId, voter, 1)).questions
    if (!shown) return seen
    seen.push(shown)
    await say(roundId, voter, shown, judge(shown))
  }
}
const prefers = (name: string) => ({ left }: Shown): Preference => (left.startsWith(name) ? 'left' : 'right')

describe('a round of votes', () => {
  it('asks every voter about the same rows in the same drawn order, with sides drawn for each', async () => {
    const { id } = await round()
    const [one, other] = [await judgeAll(id, '子', prefers('甲')), await judgeAll(id, '丑', prefers('甲'))]
    expect(one.map(({ row }) => row)).toEqual(other.map(({ row }) => row))
    expect(new Set(one.map(({ row }) => row)).size).toBe(premises.length)
    const lefts = (seen: Shown[]) => seen.map(({ left }) => left[0]).join('')
    expect(new Set(lefts(one))).toEqual(new Set(['甲', '乙']))
    expect(lefts(one)).not.toBe(lefts(other))
    const votes = await db().vote.findMany({ where: { voteRoundId: id, voter: '子' } })
    expect(votes.filter(({ leftRunId }) => leftRunId === written[0]?.storyRunId)).toHaveLength([...lefts(one)].filter((name) => name === '甲').length)
    await expectInvariants(env().databaseUrl)
  })

  it('has another order with another seed', async () => {
    const orderOf = async (seed: number) => (await nextQuestions((await round(2, seed)).id, '子', 6)).questions.map(({ row }) => row).join()
    expect(await orderOf(1)).toBe(await orderOf(1))
    expect(new Set([await orderOf(1), await orderOf(2), await orderOf(3)]).size).toBeGreaterThan(1)
  })

  it('says nothing of whose stories they are', async () => {
    const { id } = await round()
    const said = JSON.stringify(await nextQuestions(id, '子'))
    for (const { id: submission, storyRunId } of written) expect(said.includes(submission) || said.includes(storyRunId)).toBe(false)
    expect(said).not.toContain('模型')
  })

  it('asks about every pair of runs, each row once before any again, and counts what is done', async () => {
    const { id } = await round(3)
    expect(await nextQuestions(id, '子')).toMatchObject({ done: 0, total: 18 })
    const seen = await judgeAll(id, '子', prefers('甲'))
    expect(new Set(seen.slice(0, 6).map(({ row }) => row)).size).toBe(6)
    expect(new Set(seen.map(({ row, first, second }) => `${row} ${first} ${second}`)).size).toBe(18)
    expect(await nextQuestions(id, '子')).toEqual({ done: 18, total: 18, questions: [] })
    expect((await nextQuestions(id, '丑')).done).toBe(0)
  })

  it('does not ask about the same text twice told, nor about a missing story', async () => {
    const rows = await db().testRow.findMany({ where: { testFileId: file.testFileId }, orderBy: { ordinal: 'asc' } })
    await db().story.updateMany({ where: { testRowId: rows[0]?.id ?? 0 }, data: { text: '一样的。' } })
    await db().story.deleteMany({ where: { testRowId: rows[1]?.id ?? 0, storyRunId: written[1]?.storyRunId ?? '' } })
    expect((await nextQuestions((await round()).id, '子')).total).toBe(4)
  })

  it('keeps the last word of a voter on two stories', async () => {
    const { id } = await round()
    const [shown] = (await nextQuestions(id, '子', 1)).questions
    if (!shown) throw new Error('Nothing was asked')
    await say(id, '子', shown, 'left', '太短')
    await say(id, '子', shown, 'both_bad', '都不像')
    expect(await db().vote.findMany({ where: { voteRoundId: id } })).toMatchObject([{ preference: 'both_bad', reason: '都不像' }])
    expect((await listRounds(file.projectId)).find((each) => each.id === id)?.voters).toEqual([{ voter: '子', votes: 1 }])
  })

  it('takes no vote on stories that changed meanwhile, nor on others than its own', async () => {
    const { id } = await round()
    const [shown] = (await nextQuestions(id, '子', 1)).questions
    if (!shown) throw new Error('Nothing was asked')
    await expect(say(id, '子', { ...shown, second: 5 }, 'left')).rejects.toMatchObject({ code: 'votes.no-such-pair' })
    await expect(say(id, '子', { ...shown, second: shown.first }, 'left')).rejects.toMatchObject({ code: 'votes.no-such-pair' })
    await db().story.updateMany({ where: { testRowId: shown.row }, data: { text: '改过了。' } })
    await expect(say(id, '子', shown, 'left')).rejects.toMatchObject({ code: 'votes.no-such-pair' })
    await expect(say(randomUUID(), '子', shown, 'left')).rejects.toMatchObject({ code: 'run.missing' })
  })

  it('is between different runs of one test file', async () => {
    const [one] = written
    const elsewhere = await writeSubmission(await makeTestFile(['别的']), [{ text: '别的。' }])
    for (const ids of [[], [one?.id ?? ''], [one?.id ?? '', elsewhere.id]]) await expect(startRound(file.projectId, ids)).rejects.toMatchObject({ code: 'votes.unlike' })
    expect(await findRound(randomUUID(), (await round()).id)).toBeNull()
    expect(await findRound(file.projectId, 'no-id')).toBeNull()
  })
})

describe('the ranking by votes', () => {
  it('puts first what everybody prefers, and says who agrees', async () => {
    const { id } = await round()
    await judgeAll(id, '子', prefers('甲'))
    await judgeAll(id, '丑', (shown) => (shown.row % 2 === 0 ? 'both_good' : prefers('甲')(shown)))
    const found = await rankByVotes(file.projectId, file.testFileId)
    const [best] = found.ranking?.models ?? []
    expect(found.runIds[best?.model ?? -1]).toBe(written[0]?.storyRunId)
    expect(found.ranking?.undecided).toEqual([])
    expect(found).toMatchObject({ counted: 12, stale: 0, judgedBySeveral: 6, groups: [[0, 1]] })
    expect(found.voters.map(({ votes, skipped }) => [votes, skipped])).toEqual([[6, 0], [6, 0]])
    expect(found.pairs.reduce((sum, { bothGood }) => sum + bothGood, 0)).toBe(3)
    expect(found.agreement).toBeLessThan(1)
  })

  it('is undecided where voters contradict each other, and leaves out what was skipped', async () => {
    const { id } = await round()
    await judgeAll(id, '子', prefers('甲'))
    await judgeAll(id, '丑', prefers('乙'))
    await judgeAll(id, '寅', () => 'skipped')
    const found = await rankByVotes(file.projectId, file.testFileId)
    expect(found.ranking?.undecided).toHaveLength(1)
    expect(found.agreement).toBeLessThan(0)
    expect(found).toMatchObject({ counted: 12 })
    expect(found.voters.find(({ voter }) => voter === '寅')).toEqual({ voter: '寅', votes: 0, skipped: 6 })
  })

  it('does not count votes on stories that have changed, and is none without votes', async () => {
    expect(await rankByVotes(file.projectId, file.testFileId)).toMatchObject({ ranking: null, counted: 0, agreement: null })
    const { id } = await round()
    const seen = await judgeAll(id, '子', prefers('甲'))
    await db().story.updateMany({ where: { testRowId: seen[0]?.row ?? 0 }, data: { text: '改过了。' } })
    expect(await rankByVotes(file.projectId, file.testFileId)).toMatchObject({ counted: 5, stale: 1 })
  })

  it('counts a voter once on two stories, though asked in two rounds', async () => {
    for (const seed of [1, 2]) await judgeAll((await round(2, seed)).id, '子', prefers(seed === 1 ? '乙' : '甲'))
    const found = await rankByVotes(file.projectId, file.testFileId)
    expect(found.counted).toBe(6)
    expect(found.runIds[found.ranking?.models[0]?.model ?? -1]).toBe(written[0]?.storyRunId)
  })
})

describe('the route of a round', () => {
  const headers = { host: 'localhost:3000', origin: 'http://localhost:3000', 'content-type': 'application/json' }
  const ask = (query: string, roundId: string) => GET(new Request(`http://localhost:3000/${query}`, { headers }), { params: Promise.resolve({ roundId }) })
  const send = (roundId: string, body: unknown, more = {}) => POST(new Request('http://localhost:3000/', { method: 'POST', headers: { ...headers, ...more }, body: typeof body === 'string' ? body : JSON.stringify(body) }), { params: Promise.resolve({ roundId }) })

  it('gives the next pairs and takes a vote', async () => {
    const { id } = await round()
    const { questions: [shown] } = await (await ask(`?voter=${encodeURIComponent(' 子 ')}`, id)).json()
    const vote = { row: shown.row, first: shown.first, second: shown.second, print: shown.print, voter: '子', preference: 'left' }
    expect(await (await send(id, vote)).json()).toEqual({ kept: true })
    expect((await (await ask(`?voter=${encodeURIComponent('子')}`, id)).json()).done).toBe(1)
    for (const bad of ['no json', {}, { ...vote, preference: 'mine' }, { ...vote, voter: '  ' }, { ...vote, reason: '长'.repeat(501) }]) expect((await send(id, bad)).status).toBe(400)
    expect(await db().vote.count({ where: { voteRoundId: id } })).toBe(1)
    expect((await ask('', id)).status).toBe(404)
    expect((await ask('?voter=a', 'no-id')).status).toBe(404)
    expect((await send(id, vote, { origin: 'http://evil.example' })).status).toBe(403)
  })
})
