import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { endpointAt } from '@/lib/llm/endpoints'
import { insertJob } from '@/lib/queue/enqueue'
import { savePrice } from '@/lib/stages/premises/prices'
import { forecastJudging } from '@/lib/stages/submissions/judge-forecast'
import type { JudgeSettings } from '@/lib/stages/submissions/judge-settings'
import { askFailedAgain, lastJudgePrompt, listJudgeRuns, resumeJudging, startJudging } from '@/lib/stages/submissions/judging'
import { rankByVotes } from '@/lib/stages/submissions/ranking'
import { deleteRound, roundContents, startRound } from '@/lib/stages/submissions/vote-rounds'
import { castVote, nextQuestions } from '@/lib/stages/submissions/votes'
import { expectInvariants } from '@/tests/support/invariants'
import { type Asked, type Behaviour, says, startOpenaiServer } from '@/tests/support/openai-server'
import { runNext, runNextWell } from '@/tests/support/run-next'
import { useStudio } from '@/tests/support/studio'
import { makeTestFile, writeSubmission } from '@/tests/support/written-submissions'

useStudio()
beforeEach(async () => {
  await db().job.deleteMany()
})

const template = '{{premise}}|{{first}}|{{second}}'
const textsOf = ({ prompt }: Asked) => prompt.split('|').slice(1)
/** Says which of the two it takes: the one that has the word. */
const preferring = (word: string): Behaviour => (asked) => says(asked, `结论：${textsOf(asked)[0]?.includes(word) ? '第一篇' : '第二篇'}`, { completionTokens: 5, promptTokens: 50 })

/** Two runs over three premises, in one round, and a judge who is to be asked. */
async function drawn(behaviour: Behaviour) {
  const file = await makeTestFile(['雪夜', '江上', '门外'])
  const texts = (word: string) => ['一', '二', '三'].map((text) => ({ text: `${word}的第${text}篇。` }))
  const [one, other] = [await writeSubmission(file, texts('甲')), await writeSubmission(file, texts('乙'))]
  const round = await startRound(file.projectId, [one.id, other.id], 5)
  const server = await startOpenaiServer(behaviour)
  const endpoint = await endpointAt(server.url, 'chat', null)
  const order = (changes: Partial<JudgeSettings['sampling']> = {}): JudgeSettings => ({
    writer: { kind: 'endpoint', endpointId: endpoint.id, model: 'judge' }, prompt: { system: '', template },
    sampling: { pairs: 3, temperature: 0, maxTokens: 64, concurrency: 1, seed: 1, ...changes },
  })
  const judged = () => rankByVotes(file.projectId, file.testFileId, 'judge')
  return { ...file, one, other, round, server, endpoint, order, judged }
}

async function vote({ round }: Awaited<ReturnType<typeof drawn>>, word: string, take = 3): Promise<void> {
  for (const { row, first, second, left, print } of (await nextQuestions(round.id, '小雪', take)).questions) {
    await castVote(round.id, { row, first, second, print, voter: '小雪', preference: left.includes(word) ? 'left' : 'right', reason: '' })
  }
}

describe('a model that judges', () => {
  it('is asked in both orders, ranks the runs apart from people, and is held against them', async () => {
    const all = await drawn(preferring('甲'))
    await vote(all, '甲')
    const { id } = await startJudging(all.projectId, all.round.id, all.order())
    expect(await runNextWell()).toMatchObject({ name: 'judge-stories', result: { total: 6, abstained: 0, failed: 0 } })
    expect(all.server.log).toHaveLength(6)
    expect(new Set(all.server.log.map((asked) => textsOf(asked).toSorted().join(' '))).size).toBe(3)
    const byJudge = await all.judged()
    expect(byJudge.runIds[byJudge.ranking?.models[0]?.model ?? -1]).toBe(all.one.storyRunId)
    expect(byJudge).toMatchObject({ counted: 3, available: { people: 3, judge: 3 }, voters: [{ votes: 3 }] })
    expect(byJudge.judges).toMatchObject([{ answers: 6, abstained: 0, pairs: 3, consistent: 3, decided: 6, firstPreferred: 3, withPeople: 3, agreed: 3 }])
    expect(await rankByVotes(all.projectId, all.testFileId)).toMatchObject({ counted: 3, voters: [{ voter: '小雪' }], judges: [{ agreed: 3 }] })
    expect(await rankByVotes(all.projectId, all.testFileId, 'both')).toMatchObject({ counted: 6 })
    expect(await db().vote.count()).toBe(3)
    expect(await lastJudgePrompt(all.projectId)).toEqual({ system: '', template })
    // The same order is the run that there is.
    expect((await startJudging(all.projectId, all.round.id, all.order())).id).toBe(id)
    await expectInvariants(env().databaseUrl)
  })

  it('that always takes the first one is seen to: it contradicts itself, and its votes prefer nobody', async () => {
    const all = await drawn((asked) => says(asked, '结论：第一篇'))
    await vote(all, '乙')
    await startJudging(all.projectId, all.round.id, all.order())
    await runNextWell()
    expect(await all.judged()).toMatchObject({ counted: 3, pairs: [{ won: 0, lost: 0, bothGood: 0, bothBad: 0, contradicted: 3 }], judges: [{ pairs: 3, consistent: 0, decided: 6, firstPreferred: 6, withPeople: 3, agreed: 0 }] })
  })

  it('abstains where its answer cannot be read; such a pair has no vote', async () => {
    const all = await drawn((asked, count) => (count === 0 ? says(asked, '我说不好。') : preferring('乙')(asked, count)))
    await startJudging(all.projectId, all.round.id, all.order())
    expect(await runNextWell()).toMatchObject({ result: { total: 6, abstained: 1 } })
    expect(await all.judged()).toMatchObject({ counted: 2, judges: [{ answers: 6, abstained: 1, pairs: 2, withPeople: 0, alpha: null }] })
    expect(await listJudgeRuns(all.projectId, all.round.id)).toMatchObject([{ answers: 6, abstained: 1, failed: 0, reused: 0 }])
  })

  it('is one model from its first answer to its last', async () => {
    const all = await drawn((asked, count) => (count === 3 ? says(asked, '结论：第一篇', { model: 'cheaper' }) : preferring('甲')(asked, count)))
    const { id } = await startJudging(all.projectId, all.round.id, all.order())
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'stories.wrong-model', errorParams: { served: 'cheaper', asked: 'judge' } })
    expect(await db().judgeRun.findUnique({ where: { id } })).toMatchObject({ servedName: 'judge', servedSha256: null })
    expect(await db().judgeAnswer.count({ where: { judgeRunId: id } })).toBe(3)
    await startJudging(all.projectId, all.round.id, all.order())
    await runNextWell()
    expect(await db().judgeAnswer.groupBy({ by: ['servedModel'], _count: true })).toEqual([{ servedModel: 'judge', _count: 6 }])
    // One that was begun with weights of this machine is not gone on with by others.
    await db().judgeRun.update({ where: { id }, data: { servedSha256: 'a'.repeat(64) } })
    await db().judgeAnswer.updateMany({ data: { errorCode: 'endpoint.failed', errorParams: {} } })
    await askFailedAgain(all.projectId, id)
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'stories.other-weights', errorParams: { name: 'judge' } })
  })

  it('is not asked twice for the same, and says beforehand what it will cost', async () => {
    const all = await drawn(preferring('甲'))
    await savePrice({ endpointId: all.endpoint.id, model: 'judge', currency: 'CNY', input: 10_000, output: 20_000 })
    expect(await forecastJudging(all.projectId, all.round.id, all.order({ pairs: 2 }))).toMatchObject({ pairs: 2, calls: 4, reused: 0, tokensFrom: 'guess', price: { currency: 'CNY' } })
    await startJudging(all.projectId, all.round.id, all.order({ pairs: 2 }))
    await runNextWell()
    // 50 and 5 tokens at 0.01 and 0.02 each.
    expect((await listJudgeRuns(all.projectId, all.round.id))[0]?.cost).toBeCloseTo(4 * 0.6, 10)
    const forecast = await forecastJudging(all.projectId, all.round.id, all.order())
    expect(forecast).toMatchObject({ pairs: 3, calls: 2, reused: 4, tokensFrom: 'answers', completionTokens: 10 })
    expect(forecast?.cost).toBeGreaterThan(0)
    await startJudging(all.projectId, all.round.id, all.order())
    await runNextWell()
    expect(all.server.log).toHaveLength(6)
    expect((await listJudgeRuns(all.projectId, all.round.id))[0]).toMatchObject({ answers: 6, reused: 4, cost: expect.closeTo(2 * 0.6, 10) })
  })

  it('asks once about samples of a premise that are alike word for word', async () => {
    const file = await makeTestFile(['雪夜', '雪夜', '雪夜'])
    const [one, other] = [await writeSubmission(file, ['甲。', '甲。', '甲。'].map((text) => ({ text }))), await writeSubmission(file, ['乙。', '乙。', '乙。'].map((text) => ({ text })))]
    const round = await startRound(file.projectId, [one.id, other.id], 5)
    const server = await startOpenaiServer(preferring('甲'))
    const endpoint = await endpointAt(server.url, 'chat', null)
    await startJudging(file.projectId, round.id, { writer: { kind: 'endpoint', endpointId: endpoint.id, model: 'judge' }, prompt: { system: '', template }, sampling: { pairs: 3, temperature: 0, maxTokens: 64, concurrency: 6, seed: 1 } })
    expect(await runNextWell()).toMatchObject({ result: { total: 6, failed: 0 } })
    expect(server.log).toHaveLength(2)
    expect(await listJudgeRuns(file.projectId, round.id)).toMatchObject([{ answers: 6, reused: 4 }])
    expect(await rankByVotes(file.projectId, file.testFileId, 'judge')).toMatchObject({ counted: 3 })
  })

  it('stops at its budget, keeps what it has, and goes on with a higher one', async () => {
    const all = await drawn(preferring('甲'))
    await expect(startJudging(all.projectId, all.round.id, all.order(), 5)).rejects.toMatchObject({ code: 'votes.budget-without-price' })
    await savePrice({ endpointId: all.endpoint.id, model: 'judge', currency: 'CNY', input: 10_000, output: 20_000 })
    const { id } = await startJudging(all.projectId, all.round.id, all.order(), 3.5)
    expect(await runNext()).toMatchObject({ state: 'paused', pauseReason: 'budget' })
    const before = all.server.log.length
    expect(before).toBeGreaterThan(0)
    expect(before).toBeLessThan(6)
    await resumeJudging(all.projectId, id, 10_000)
    await runNextWell()
    expect(all.server.log).toHaveLength(6)
    expect(await db().judgeAnswer.count({ where: { judgeRunId: id } })).toBe(6)
  })

  it('whose server refuses a pair counts it as unanswered, and can be asked for it again', async () => {
    const refuse: Behaviour = (asked, count) => (count === 2 ? { status: 400, body: JSON.stringify({ error: { message: 'content filter' } }) } : preferring('甲')(asked, count))
    const all = await drawn(refuse)
    const { id } = await startJudging(all.projectId, all.round.id, all.order())
    expect(await runNextWell()).toMatchObject({ result: { total: 6, failed: 1 } })
    expect(await all.judged()).toMatchObject({ counted: 2 })
    await askFailedAgain(all.projectId, id)
    expect(await runNextWell()).toMatchObject({ result: { failed: 0 } })
    expect(await all.judged()).toMatchObject({ counted: 3 })
    expect(all.server.log).toHaveLength(7)
  })

  it('is no longer counted about a story that changed', async () => {
    const all = await drawn(preferring('甲'))
    await startJudging(all.projectId, all.round.id, all.order())
    await runNextWell()
    await db().story.updateMany({ where: { storyRunId: all.one.storyRunId, testRow: { ordinal: 0 } }, data: { text: '改过的。' } })
    expect(await all.judged()).toMatchObject({ counted: 2, stale: 2, available: { judge: 2 } })
  })

  it('goes with its round, which says beforehand what goes', async () => {
    const all = await drawn(preferring('甲'))
    await vote(all, '甲', 2)
    await startJudging(all.projectId, all.round.id, all.order())
    await expect(deleteRound(all.projectId, all.round.id)).rejects.toMatchObject({ code: 'votes.round-judged' })
    await runNextWell()
    expect((await roundContents(all.projectId)).get(all.round.id)).toEqual({ votes: 2, voters: 1, judges: 1, judgements: 6 })
    await deleteRound(all.projectId, all.round.id)
    expect([await db().voteRound.count(), await db().vote.count(), await db().judgeRun.count(), await db().judgeAnswer.count(), await db().job.count({ where: { name: 'judge-stories' } })]).toEqual([0, 0, 0, 0, 0])
    expect(await db().story.count({ where: { storyRunId: all.one.storyRunId } })).toBe(3)
    await expect(deleteRound(all.projectId, all.round.id)).rejects.toMatchObject({ code: 'run.missing' })
    await expectInvariants(env().databaseUrl)
  })

  it('stays for a judge that is being queued in the moment of its deletion', async () => {
    const { projectId, round, order, endpoint } = await drawn(preferring('甲'))
    const untilOneWaits = () => expect.poll(() => db().$queryRaw`SELECT 1 FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted AND a.datname = current_database()`, { timeout: 10_000 }).toHaveLength(1)
    let [deleting, judging]: Promise<unknown>[] = []
    await db().$transaction(async (tx) => {
      const job = await insertJob(tx, { name: 'judge-stories', projectId, subjectId: randomUUID(), writer: { kind: 'endpoint' }, idempotencyKey: randomUUID() })
      await tx.judgeRun.create({ data: { projectId, ordinal: 1, voteRoundId: round.id, endpointId: endpoint.id, settings: order(), jobId: job.id } })
      deleting = deleteRound(projectId, round.id).then(() => 'deleted', (error: unknown) => error)
      await untilOneWaits()
    })
    expect(await deleting).toMatchObject({ code: 'votes.round-judged' })
    expect([await db().voteRound.count({ where: { id: round.id } }), await db().judgeRun.count({ where: { voteRoundId: round.id } })]).toEqual([1, 1])
    // The other way round the judge is told that the round is gone.
    await db().$transaction(async (tx) => {
      await tx.voteRound.delete({ where: { id: round.id } })
      judging = startJudging(projectId, round.id, order()).catch((error: unknown) => error)
      await untilOneWaits()
    })
    expect(await judging).toMatchObject({ code: 'run.missing' })
  })
})
