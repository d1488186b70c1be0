import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { importSubmission, removeImport } from '@/lib/stages/submissions/import'
import { checkOf, downloadable } from '@/lib/stages/submissions/submissions'
import { findStoryRun, isEmptyFile } from '@/lib/stages/stories/stories'
import { testFileOfUpload } from '@/lib/stages/stories/test-files'
import { expectInvariants } from '@/tests/support/invariants'
import { makeProject } from '@/tests/support/jobs'
import { jsonLines, row, sendTest } from '@/tests/support/project-files'
import { runNext, runStoriesWell } from '@/tests/support/run-next'
import { startSubmit } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
const rows = [row('雪夜归人'), row('江上的灯'), row('雪夜归人')]
const texts = ['他回来了。', '灯亮着。', '门开了。']
let projectId: string
let testFileId: string
beforeEach(async () => {
  await db().job.deleteMany()
  projectId = await makeProject()
  testFileId = (await testFileOfUpload((await sendTest(projectId, rows)).id))?.id ?? ''
})

const answered = (order: number[]) => order.map((at) => ({ ...rows[at], output: texts[at] }))

async function imported(text: string | Buffer, fileName = 'submit.json') {
  async function* body() {
    yield Buffer.from(text)
  }
  return importSubmission(projectId, { testFileId, fileName, settings: { minimumCharacters: 1 } }, body())
}

const stories = async (storyRunId: string) =>
  (await db().story.findMany({ where: { storyRunId }, include: { testRow: true }, orderBy: { testRow: { ordinal: 'asc' } } })).map(({ text, testRow }) => [testRow.ordinal, text])
const problems = async (id: string) => checkOf(await db().submission.findUniqueOrThrow({ where: { id } }))?.problems.map(({ row: at, code }) => [at, code])

describe('a submission made elsewhere', () => {
  it('is checked as it came, and its stories stand in a run of their own', async () => {
    const text = jsonLines(answered([0, 1, 2]))
    const { id, storyRunId } = await imported(text, '别人的.json')
    await runStoriesWell()
    expect(await stories(storyRunId)).toEqual(texts.map((story, at) => [at, story]))
    expect(await problems(id)).toEqual([])
    expect(await downloadable(id)).toMatchObject({ sha256: createHash('sha256').update(text).digest('hex'), bytes: Buffer.byteLength(text) })
    const run = await findStoryRun(projectId, storyRunId)
    expect(run).toMatchObject({ servedName: '别人的.json', promptVersionId: null })
    expect(run && isEmptyFile(run)).toBe(false)
    expect(await db().storyScore.count({ where: { story: { storyRunId } } })).toBe(3)
    await expectInvariants(env().databaseUrl)
  })

  it('is the one that is there when the same file comes again', async () => {
    const first = await imported(jsonLines(answered([0, 1, 2])))
    await runStoriesWell()
    expect(await imported(jsonLines(answered([0, 1, 2])))).toMatchObject({ id: first.id, isNew: false })
    expect(await db().submission.count()).toBe(1)
  })

  it('can be taken away, with all that came with it, once it is read', async () => {
    const { id, storyRunId, path } = await imported(jsonLines(answered([0, 1, 2])))
    await expect(removeImport(projectId, id)).rejects.toMatchObject({ code: 'submission.still-read' })
    await runStoriesWell()
    const again = await startSubmit(projectId, storyRunId, 2)
    await runNext()
    await removeImport(projectId, id)
    expect(await db().job.count({ where: { id: again.jobId } })).toBe(0)
    expect([await db().submission.count(), await db().storyRun.count({ where: { id: storyRunId } }), await db().story.count(), await db().storyScoring.count()]).toEqual([0, 0, 0, 0])
    expect(existsSync(inHome(path ?? ''))).toBe(false)
    await expect(removeImport(projectId, id)).rejects.toMatchObject({ code: 'run.missing' })
    await expectInvariants(env().databaseUrl)
  })

  it('in another order has its stories at their rows, and is told so', async () => {
    const { id, storyRunId } = await imported(jsonLines(answered([1, 0, 2])))
    await runStoriesWell()
    expect(await stories(storyRunId)).toEqual(texts.map((story, at) => [at, story]))
    expect(await problems(id)).toEqual([[1, 'submission.changed-field'], [2, 'submission.changed-field']])
    await expect(downloadable(id)).rejects.toMatchObject({ code: 'submission.check-failed' })
  })

  it('with rows that are missing, changed, empty or too many keeps what answers a row', async () => {
    const [first, second] = answered([0, 1])
    const { id, storyRunId } = await imported(jsonLines([first, { ...second, input: '别的' }, { ...rows[2], output: ' ' }, { ...rows[2], output: '多出来的。' }]))
    await runStoriesWell()
    // The second of two answers to the third row stands, since the first is empty; nothing answers the second row.
    expect(await stories(storyRunId)).toEqual([[0, texts[0]], [2, '多出来的。']])
    expect(await problems(id)).toEqual([[2, 'submission.changed-field'], [3, 'submission.empty-output'], [4, 'submission.extra-row']])
    await expectInvariants(env().databaseUrl)
  })

  it.each([
    ['a byte order mark', `\ufeff${jsonLines(answered([0, 1, 2]))}`, [[0, 'submission.byte-order-mark']]],
    ['carriage returns', jsonLines(answered([0, 1, 2])).replaceAll('\n', '\r\n'), [[0, 'submission.carriage-return']]],
  ])('with %s has its stories, and is told so', async (_, text, expected) => {
    const { id, storyRunId } = await imported(text)
    await runStoriesWell()
    expect(await stories(storyRunId)).toHaveLength(3)
    expect(await problems(id)).toEqual(expected)
  })

  it('that is none at all lists what each line is, and an empty file is not taken', async () => {
    const { id, storyRunId } = await imported('这不是提交\n')
    expect(await runNext()).toMatchObject({ state: 'succeeded' })
    expect(await stories(storyRunId)).toEqual([])
    const run = await findStoryRun(projectId, storyRunId)
    expect(run && isEmptyFile(run)).toBe(true)
    await expect(startSubmit(projectId, storyRunId)).rejects.toMatchObject({ code: 'run.missing' })
    expect(await problems(id)).toEqual([[1, 'record.not-json'], [2, 'submission.missing-row'], [3, 'submission.missing-row']])
    await expect(downloadable(id)).rejects.toMatchObject({ code: 'submission.check-failed' })
    await expect(imported('')).rejects.toMatchObject({ code: 'upload.empty' })
  })
})
