import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { MolianError } from '@/lib/errors'
import { retryJob } from '@/lib/stages/jobs'
import { checkOf, downloadable, findSubmission, listSubmissions } from '@/lib/stages/submissions/submissions'
import { expectInvariants } from '@/tests/support/invariants'
import { makeProject } from '@/tests/support/jobs'
import { says, startOpenaiServer } from '@/tests/support/openai-server'
import { row, sendTest } from '@/tests/support/project-files'
import { runNextWell, runStoriesWell } from '@/tests/support/run-next'
import { startStoryRun, startSubmit } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
const rows = [
  row('雪夜归人'),
  { output: '', input: '引号"与\\反斜杠\t和\u2028分隔符', id: 17, instruction: '写😀', tags: ['a', null, { z: 1, b: 2 }] },
  { instruction: '只有指令', input: '' },
  row('雪夜归人'),
]
const texts = ['他回来了。\n“谁？”\u2028“我。”', '𠀀😀"\\\t</script>', '第三篇在这里。', '雪停了，人也走了。']
let projectId: string
let testUploadId: string
beforeEach(async () => {
  await db().job.deleteMany()
  projectId = await makeProject()
  testUploadId = (await sendTest(projectId, rows)).id
})

async function written(answers: string[], minimumCharacters = 1, model = 'writer') {
  const server = await startOpenaiServer((asked, count) => says(asked, answers[count] ?? ''))
  const run = await startStoryRun(projectId, testUploadId, server.url, { concurrency: 1, tries: 1, minimumCharacters: 4 }, model)
  await runStoriesWell()
  const submission = await startSubmit(projectId, run.id, minimumCharacters)
  const job = await runNextWell()
  return { run, job, submission: await db().submission.findUniqueOrThrow({ where: { id: submission.id } }) }
}

describe('a submission', () => {
  it('is the test file with its outputs filled, byte for byte, hashed and checked', async () => {
    const { submission, job } = await written(texts)
    const file = inHome(submission.path ?? '')
    const bytes = readFileSync(file)
    expect(bytes.toString('utf8')).toBe(rows.map((one, index) => `${JSON.stringify({ ...one, output: texts[index] })}\n`).join(''))
    expect(submission).toMatchObject({ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
    expect(checkOf(submission)).toEqual({ rows: 4, expected: 4, problems: [], moreProblems: 0 })
    expect(job.result).toMatchObject({ rows: 4, problems: 0 })
    expect(readdirSync(dirname(file))).toEqual(['submit.json'])
    expect(await downloadable(submission.id)).toEqual({ path: submission.path, sha256: submission.sha256, bytes: submission.bytes })
    expect((await listSubmissions(projectId))[0]).toMatchObject({ id: submission.id, storyRun: { endpoint: { keyLastFour: expect.anything() } } })
    expect(JSON.stringify(await findSubmission(projectId, submission.id), (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).not.toContain('keyCipher')
    await expectInvariants(env().databaseUrl)
  })

  it('with faults names each row and is not handed out', async () => {
    const { submission } = await written([texts[0] ?? '', '', '短', texts[3] ?? ''], 3)
    expect(checkOf(submission)?.problems).toEqual([
      { row: 2, code: 'submission.empty-output', params: {}, fix: 'write-again' },
      { row: 3, code: 'submission.short-output', params: { length: 1, minimum: 3 }, fix: 'write-again' },
    ])
    const refusal = await downloadable(submission.id).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'submission.check-failed', params: { row: 2, problem: 'submission.empty-output' } })
    if (!(refusal instanceof MolianError)) throw new Error('It was refused otherwise')
    expect(refusal.sentence('zh')).toBe('该提交未通过检查，因此不提供下载。第 2 行：output 为空。请重新生成此行。')
    expect(refusal.sentence('en')).toContain('Row 2: The output is empty.')
    await expectInvariants(env().databaseUrl)
  })

  it('of a run that stopped in the middle lacks those rows, and says so', async () => {
    const { run } = await written(texts)
    await db().story.deleteMany({ where: { storyRunId: run.id, testRow: { ordinal: 2 } } })
    const later = await startSubmit(projectId, run.id, 2)
    await runNextWell()
    const submission = await db().submission.findUniqueOrThrow({ where: { id: later.id } })
    expect(checkOf(submission)?.problems).toEqual([{ row: 3, code: 'submission.empty-output', params: {}, fix: 'write-again' }])
    expect(submission.ordinal).toBe(2)
  })

  it('is made once for the same run and settings, and again in its place', async () => {
    const { run, submission } = await written(texts)
    expect((await startSubmit(projectId, run.id)).id).toBe(submission.id)
    await db().job.update({ where: { id: submission.jobId }, data: { state: 'failed', errorCode: 'internal', errorText: 'x' } })
    await retryJob(submission.jobId)
    await runNextWell()
    expect((await db().submission.findUniqueOrThrow({ where: { id: submission.id } })).sha256).toBe(submission.sha256)
  })

  it('is not handed out before it is checked', async () => {
    const { run } = await written(texts)
    const waiting = await startSubmit(projectId, run.id, 2)
    await expect(downloadable(waiting.id)).rejects.toMatchObject({ code: 'submission.not-made' })
    await expect(downloadable('../x')).rejects.toMatchObject({ code: 'run.missing' })
  })
})
