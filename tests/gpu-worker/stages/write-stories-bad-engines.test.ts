import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { handlers } from '@/gpu-worker/handlers'
import { modelLabel } from '@/gpu-worker/stages/model-label'
import { runJob } from '@/gpu-worker/run-job'
import { inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { claimNext, requestStop } from '@/lib/queue/lease'
import { retryJob } from '@/lib/stages/jobs'
import { registerFolder } from '@/lib/stages/models'
import { saveStoryPrompt } from '@/lib/stages/prompts/prompts'
import { startStories } from '@/lib/stages/stories/stories'
import { testFileOfUpload } from '@/lib/stages/stories/test-files'
import { makeProject, readJob } from '@/tests/support/jobs'
import { noChoices, streamed, truncated, webPage } from '@/tests/support/llm-faults'
import { writeModelFolder } from '@/tests/support/model-folder'
import { refuses, says, silence, startOpenaiServer, type Behaviour } from '@/tests/support/openai-server'
import { row, sendTest } from '@/tests/support/project-files'
import { runNext, runNextWell } from '@/tests/support/run-next'
import { startStoryRun, storySampling } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
const texts = ['他推开门。', '灯还亮着。', '雪停了。']
let projectId: string
let testUploadId: string
beforeEach(async () => {
  await db().job.deleteMany()
  projectId = await makeProject()
  testUploadId = (await sendTest(projectId, ['雪夜归人', '江上的灯', '远行'].map(row))).id
})
const goodly: Behaviour = (asked, count) => says(asked, texts[count % 3] ?? '')
const written = (storyRunId: string) => db().story.count({ where: { storyRunId } })

describe('an engine that', () => {
  const faults: [string, Behaviour, string][] = [
    ['does not know the model', () => refuses(404, 'The model `writer` does not exist.'), 'endpoint.not-found'],
    ['refuses the request', () => refuses(400, 'This model’s maximum context length is 1024 tokens'), 'endpoint.bad-request'],
    ['answers with a web page', () => webPage, 'endpoint.not-protocol'],
    ['answers without an answer', noChoices, 'endpoint.not-protocol'],
    ['breaks off in the middle of its answer', (asked) => truncated(asked, '他推开门'), 'endpoint.not-protocol'],
    ['streams unasked, and breaks off', (asked) => streamed(asked, '他推开门', false), 'endpoint.not-protocol'],
  ]
  it.each(faults)('%s ends the run with a word about it, and nothing half is kept', async (_, fault, code) => {
    const server = await startOpenaiServer((asked, count) => (count === 0 ? goodly(asked, count) : fault(asked, count)))
    const run = await startStoryRun(projectId, testUploadId, server.url, { concurrency: 1 })
    const job = await runNext()
    expect(job).toMatchObject({ state: 'failed', errorCode: code })
    expect(job.errorText).toContain(server.url)
    expect(await written(run.id)).toBe(1)
    server.behave(goodly)
    await retryJob(run.jobId)
    await runNextWell()
    expect(await written(run.id)).toBe(3)
  })

  it('says nothing but blanks has every row refused, and the run says so', async () => {
    const server = await startOpenaiServer((asked) => says(asked, ' \n '))
    const run = await startStoryRun(projectId, testUploadId, server.url, { tries: 2 })
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'stories.none-good', errorParams: { total: 3 } })
    expect(await db().storyTry.groupBy({ by: ['flaws'], where: { storyRunId: run.id }, _count: true })).toEqual([{ flaws: ['empty'], _count: 6 }])
  })

  it('hangs can be left at once, with what was written', async () => {
    const server = await startOpenaiServer(goodly)
    const run = await startStoryRun(projectId, testUploadId, server.url, { concurrency: 1 })
    server.behave(async (asked, count) => {
      if (count === 0) return goodly(asked, count)
      await requestStop(run.jobId, 'cancel')
      return silence
    })
    expect(await runNext()).toMatchObject({ state: 'cancelled' })
    expect(await written(run.id)).toBe(1)
  })
})

describe('a model of this machine that has vanished', () => {
  async function runOf(name: string) {
    const folder = inHome(join('models', 'huggingface', `${name}@abc`))
    writeModelFolder(folder)
    const model = await registerFolder(name, folder)
    const testFile = await testFileOfUpload(testUploadId)
    const prompt = await saveStoryPrompt(projectId, { system: '', template: '{{premise}}' })
    await startStories(projectId, { testFileId: testFile?.id ?? '', promptVersionId: prompt.id, settings: { writer: { kind: 'engine', modelId: model.id }, sampling: storySampling } })
    return { model, folder }
  }
  async function failedJob() {
    const job = await claimNext('gpu', 'this test', 'cpu')
    if (!job) throw new Error('No job is queued')
    await runJob(job, handlers).ended
    return readJob(job.id)
  }

  it('is named with its folder, where somebody moved that away', async () => {
    const { folder } = await runOf('moved')
    await rm(folder, { recursive: true })
    const job = await failedJob()
    expect(job).toMatchObject({ state: 'failed', errorCode: 'model.no-folder' })
    expect(job.errorText).toContain(folder)
  })

  it('is not gone on with once its weights are others: nothing of them is kept under the old name', async () => {
    const server = await startOpenaiServer(goodly)
    const run = await startStoryRun(projectId, testUploadId, server.url)
    const begun = await db().storyRun.update({ where: { id: run.id }, data: { servedName: 'tuned', servedSha256: 'a'.repeat(64) } })
    const label = (sha256: string) => modelLabel(begun, { kind: 'engine', name: 'tuned', sha256 }, async () => {})
    expect(() => label('b'.repeat(64))).toThrow(expect.objectContaining({ code: 'stories.other-weights', params: { name: 'tuned' } }))
    expect(() => label('a'.repeat(64))).not.toThrow()
    // Nor by a server that only has the same name.
    expect(() => modelLabel(begun, { kind: 'endpoint', baseUrl: server.url, model: 'tuned' }, async () => {})).toThrow(expect.objectContaining({ code: 'stories.other-weights' }))
  })

  it('is named as deleted, where it was deleted in the studio', async () => {
    const { model } = await runOf('deleted')
    await db().model.update({ where: { id: model.id }, data: { deletedAt: new Date() } })
    expect(await failedJob()).toMatchObject({ state: 'failed', errorCode: 'model.deleted', errorParams: { name: 'deleted' } })
  })
})
