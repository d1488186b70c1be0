import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { endpointAt } from '@/lib/llm/endpoints'
import { retryJob } from '@/lib/stages/jobs'
import { requestStop } from '@/lib/queue/lease'
import { figuresOf, findTrial, listTrials, startTrial, type TrialSide } from '@/lib/stages/premises/trials'
import { drawPassages } from '@/lib/stages/prompts/preview'
import { expectInvariants } from '@/tests/support/invariants'
import { makeProject } from '@/tests/support/jobs'
import { refuses, says, startOpenaiServer, type Behaviour } from '@/tests/support/openai-server'
import { modernProse, row, sendNovels, sendTest } from '@/tests/support/project-files'
import { runNext, runNextWell } from '@/tests/support/run-next'
import { premiseSampling, startSet } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
let projectId: string
let passageSetId: string
let passageIds: number[]
beforeEach(async () => {
  await db().job.deleteMany()
  projectId = await makeProject()
  await sendNovels(projectId, [{ name: '路', text: `第一章 出门\n${modernProse(1600)}` }])
  passageSetId = (await startSet(projectId)).id
  await runNextWell()
  passageIds = await drawPassages(passageSetId, 5, 1)
})

async function side(url: string, system: string, changes: Partial<TrialSide> = {}): Promise<TrialSide> {
  const endpoint = await endpointAt(url, 'chat', null)
  return {
    promptVersion: null,
    prompt: { system, template: '{{passage}}', examples: [], styles: [] },
    writer: { kind: 'endpoint', endpointId: endpoint.id, model: 'writer' },
    writerName: 'writer',
    sampling: premiseSampling,
    ...changes,
  }
}

const systemOf = (asked: Parameters<Behaviour>[0]) => asked.body.messages?.[0]?.content

describe('a trial', () => {
  it('asks both sides once about each passage and keeps what they said, flaws and all', async () => {
    const server = await startOpenaiServer((asked) => says(asked, systemOf(asked) === '甲' ? '江边的人等着天亮' : '', { promptTokens: 90, completionTokens: 8 }))
    const trial = await startTrial(projectId, { passageSetId, passageIds, sides: [await side(server.url, '甲'), await side(server.url, '乙')] })
    expect(await runNextWell()).toMatchObject({ name: 'try-premises', lane: 'cpu', progressDone: 10, progressTotal: 10, result: { total: 10, good: 10, refused: 0 } })
    expect(server.log).toHaveLength(10)
    const found = await findTrial(projectId, trial.ordinal)
    const [first = [], second = []] = [0, 1].map((at) => found?.answers.filter((answer) => answer.side === at))
    expect(new Set(first.map(({ passageId }) => passageId))).toEqual(new Set(passageIds))
    expect(first.every(({ text, flaws }) => text === '江边的人等着天亮' && flaws.length === 0)).toBe(true)
    expect(second.every(({ flaws }) => flaws.join() === 'empty')).toBe(true)
    expect(figuresOf(first)).toMatchObject({ answered: 5, good: 5, failed: 0, promptTokens: 450, completionTokens: 40 })
    expect(figuresOf(second)).toMatchObject({ answered: 5, good: 0 })
    await expectInvariants(env().databaseUrl)
  })

  it('asks in the form that a run would ask in, and takes the premise out of it', async () => {
    const server = await startOpenaiServer((asked) => says(asked, asked.body.response_format ? JSON.stringify({ text: '江边的人等着天亮' }) : '船'))
    const trial = await startTrial(projectId, { passageSetId, passageIds, sides: [await side(server.url, '甲', { sampling: { ...premiseSampling, jsonOutput: true } })] })
    await runNextWell()
    expect(server.log.every(({ body }) => body.response_format)).toBe(true)
    expect((await findTrial(projectId, trial.ordinal))?.answers.map(({ text }) => text)).toEqual(Array(5).fill('江边的人等着天亮'))
    await expect.poll(() => db().endpoint.count({ where: { takesJsonSchema: true } })).toBe(1)
  })

  it('that is ordered again is the trial it was', async () => {
    const server = await startOpenaiServer((asked) => says(asked, '江边的人等着天亮'))
    const order = { passageSetId, passageIds, sides: [await side(server.url, '甲')] }
    const first = await startTrial(projectId, order)
    await runNextWell()
    expect((await startTrial(projectId, order)).id).toBe(first.id)
    expect((await listTrials(projectId)).map(({ ordinal }) => ordinal)).toEqual([1])
    expect(server.log).toHaveLength(5)
  })

  it('says of a side that cannot answer why, and lets the other one answer; a retry asks for what failed alone', async () => {
    const good = await startOpenaiServer((asked) => says(asked, '江边的人等着天亮'))
    const bad = await startOpenaiServer(() => refuses(401, 'no'))
    const trial = await startTrial(projectId, { passageSetId, passageIds, sides: [await side(bad.url, '甲'), await side(good.url, '乙')] })
    expect(await runNextWell()).toMatchObject({ result: { good: 5, refused: 5 } })
    const failed = (await findTrial(projectId, trial.ordinal))?.answers.filter(({ errorCode }) => errorCode !== null) ?? []
    expect(failed).toHaveLength(5)
    expect(failed[0]).toMatchObject({ side: 0, text: '', errorCode: 'endpoint.refused', errorParams: { status: 401 } })
    await expectInvariants(env().databaseUrl)
  })

  it('fails with the reason when nothing was answered, and can be gone on with', async () => {
    const server = await startOpenaiServer(() => refuses(404, 'gone'))
    const trial = await startTrial(projectId, { passageSetId, passageIds, sides: [await side(server.url, '甲')] })
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'endpoint.not-found' })
    server.behave((asked) => says(asked, '江边的人等着天亮'))
    await retryJob(trial.jobId)
    await runNextWell()
    expect(figuresOf((await findTrial(projectId, null))?.answers ?? [])).toMatchObject({ answered: 5, failed: 0 })
  })

  it('is ended by a person and keeps what was answered; going on asks for the rest alone', async () => {
    const server = await startOpenaiServer((asked) => says(asked, '江边的人等着天亮'))
    const trial = await startTrial(projectId, { passageSetId, passageIds, sides: [await side(server.url, '甲')] })
    const last = passageIds.at(-1)
    const text = (await db().$queryRaw<{ text: string }[]>`SELECT substring(c.text FROM p.start_at + 1 FOR p.end_at - p.start_at) AS text FROM passage p JOIN chapter c ON c.id = p.chapter_id WHERE p.id = ${last}`)[0]?.text
    server.behave(async (asked) => {
      if (asked.prompt !== text) return says(asked, '江边的人等着天亮')
      while ((await db().premiseTrialAnswer.count({ where: { premiseTrialId: trial.id } })) < 4) await new Promise((resolve) => setImmediate(resolve))
      await requestStop(trial.jobId, 'cancel')
      return () => {}
    })
    expect(await runNext()).toMatchObject({ state: 'cancelled' })
    const before = server.log.length
    server.behave((asked) => says(asked, '江边的人等着天亮'))
    await retryJob(trial.jobId)
    await runNextWell()
    expect(server.log.slice(before).map(({ prompt }) => prompt)).toEqual([text])
  })

  it('is refused for passages of another set, too many of them, and words that no run would take', async () => {
    const server = await startOpenaiServer((asked) => says(asked, ''))
    await sendTest(projectId, [row('雪夜里归来的旅人敲门')])
    const sides = [await side(server.url, '甲')]
    await expect(startTrial(projectId, { passageSetId, passageIds: [0], sides })).rejects.toMatchObject({ code: 'trial.passages' })
    await expect(startTrial(projectId, { passageSetId, passageIds: [], sides })).rejects.toMatchObject({ code: 'trial.passages' })
    await expect(startTrial(projectId, { passageSetId, passageIds: await drawPassages(passageSetId, 11, 1), sides })).rejects.toMatchObject({ code: 'trial.passages', params: { most: 10 } })
    await expect(startTrial(await makeProject(), { passageSetId, passageIds, sides })).rejects.toMatchObject({ code: 'trial.passages' })
    const leaking = await side(server.url, '甲', { prompt: { system: '', template: '{{passage}}', examples: [{ passage: '甲', premise: '雪夜里归来的旅人敲了门' }], styles: [] } })
    await expect(startTrial(projectId, { passageSetId, passageIds, sides: [...sides, leaking] })).rejects.toMatchObject({ code: 'prompt.example-is-test-premise', field: 'sides.1.examples.0.premise' })
    expect(server.log).toHaveLength(0)
  })
})
