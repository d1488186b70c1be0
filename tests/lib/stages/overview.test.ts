import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import type { UploadKind } from '@/lib/generated/prisma/client'
import { liveJobs, projectStanding } from '@/lib/stages/overview'
import { receivePairs } from '@/lib/stages/pairs/imports'
import { makeJob, makeProject } from '@/tests/support/jobs'
import { says, startOpenaiServer } from '@/tests/support/openai-server'
import { bytesOf, jsonLines, modernProse, row, sendNovels, sendTest } from '@/tests/support/project-files'
import { runNextWell, runStoriesWell } from '@/tests/support/run-next'
import { startPremiseRun, startSet, startStoryRun, startSubmit, startVersion } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
let projectId: string
beforeEach(async () => {
  await db().project.deleteMany()
  projectId = await makeProject()
})

const figures = async () => Object.fromEntries((await projectStanding(projectId)).map(({ stage, count }) => [stage, count]))

describe('projectStanding', () => {
  it('is seven stages in order with nothing in a new project', async () => {
    const standing = await projectStanding(projectId)
    expect(standing.map(({ stage }) => stage)).toEqual(['novels', 'passages', 'premises', 'pairs', 'training', 'stories', 'submissions'])
    expect(standing.every(({ count, live, failed }) => count === 0 && live === null && failed === null)).toBe(true)
  })

  it('counts what each stage’s newest result holds', async () => {
    await sendNovels(projectId, [{ name: '路', text: modernProse(600) }])
    const test = await sendTest(projectId, [row('雪'), row('雨')])
    await startSet(projectId)
    await runNextWell()
    const set = await startSet(projectId, { limit: 3 })
    await runNextWell()
    const server = await startOpenaiServer((asked, count) => says(asked, `${'甲乙丙丁戊己庚辛'[count % 8]}人在江边等着天亮。`))
    const premises = await startPremiseRun(projectId, set.id, server.url)
    await runNextWell()
    await startVersion(projectId, premises.id)
    await runNextWell()
    const stories = await startStoryRun(projectId, test.id, server.url)
    await runStoriesWell()
    await startSubmit(projectId, stories.id)
    await runNextWell()
    expect(await figures()).toEqual({ novels: 1, passages: 3, premises: 3, pairs: 3, training: 0, stories: 2, submissions: 1 })
  })

  it('counts imported pairs beside the frozen ones', async () => {
    for (const premise of ['写雪', '写灯']) await receivePairs(projectId, 'pairs.json', bytesOf(jsonLines([{ premise, passage: '天亮了。' }])))
    await runNextWell()
    await runNextWell()
    expect((await projectStanding(projectId)).find(({ stage }) => stage === 'pairs')).toMatchObject({ count: 0, imported: 2 })
  })

  it('names the job that runs before one that waits, and a failure only while it is the last word', async () => {
    const first = await makeJob('cut-passages', projectId)
    await db().job.update({ where: { id: first.id }, data: { state: 'failed', queuedAt: new Date(Date.now() - 60_000) } })
    const passages = async () => (await projectStanding(projectId)).find(({ stage }) => stage === 'passages')
    expect(await passages()).toMatchObject({ live: null, failed: { id: first.id } })

    const waiting = await makeJob('cut-passages', projectId)
    expect(await passages()).toMatchObject({ live: { id: waiting.id }, failed: null })
    const running = await makeJob('cut-passages', projectId)
    await db().job.update({ where: { id: running.id }, data: { state: 'running' } })
    expect(await passages()).toMatchObject({ live: { id: running.id } })
    expect((await liveJobs()).map(({ id }) => id)).toEqual([running.id, waiting.id])
  })

  it('takes a failed trial of a prompt for no failure of the stage, and a running one for its work', async () => {
    const trial = await makeJob('try-premises', projectId)
    const premises = async () => (await projectStanding(projectId)).find(({ stage }) => stage === 'premises')
    await db().job.update({ where: { id: trial.id }, data: { state: 'running' } })
    expect(await premises()).toMatchObject({ live: { id: trial.id }, failed: null })
    await db().job.update({ where: { id: trial.id }, data: { state: 'failed' } })
    expect(await premises()).toMatchObject({ live: null, failed: null })
  })

  it('shows the reading of a test file where stories are written for it', async () => {
    const upload = async (kind: UploadKind, state: 'failed' | 'running', ago: number) => {
      const { id } = await makeJob('read-upload', projectId)
      await db().job.update({ where: { id }, data: { state, queuedAt: new Date(Date.now() - ago) } })
      await db().upload.create({ data: { projectId, kind, fileName: 'x.json', state: 'reading', jobId: id } })
      return id
    }
    const [novels, test] = [await upload('novels', 'failed', 60_000), await upload('test', 'running', 0)]
    const standing = await projectStanding(projectId)
    const of = (stage: string) => standing.find((each) => each.stage === stage)
    expect(of('novels')).toMatchObject({ live: null, failed: { id: novels } })
    expect(of('stories')).toMatchObject({ live: { id: test }, failed: null })
  })

  it('keeps to its own project', async () => {
    await makeJob('cut-passages')
    expect((await projectStanding(projectId)).every(({ live }) => live === null)).toBe(true)
  })
})
