import { existsSync, readFileSync } from 'node:fs'
import iconv from 'iconv-lite'
import { beforeEach, describe, expect, it } from 'vitest'
import { inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { storiesPrint } from '@/lib/stages/stories/print'
import { editStory, redoEdit, undoEdit } from '@/lib/stages/stories/tries'
import { testFileOfUpload } from '@/lib/stages/stories/test-files'
import { changedRows, changedSince, differenceBetween, beforeOf, editedRows, editedStories, outputOf } from '@/lib/stages/submissions/history'
import { deleteSubmission } from '@/lib/stages/submissions/deletion'
import { importSubmission } from '@/lib/stages/submissions/import'
import { startMending, writeUnanswered } from '@/lib/stages/submissions/mending'
import { scorePoints } from '@/lib/stages/submissions/score-points'
import { checkOf, findSubmission, listSubmissions } from '@/lib/stages/submissions/submissions'
import { expectInvariants } from '@/tests/support/invariants'
import { makeProject } from '@/tests/support/jobs'
import { says, startOpenaiServer } from '@/tests/support/openai-server'
import { jsonLines, row, sendTest } from '@/tests/support/project-files'
import { runNext, runNextWell, runStoriesWell } from '@/tests/support/run-next'
import { startStoryRun, startSubmit } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
const rows = [row('雪夜归人'), { ...row('江上的灯'), id: 7 }, row('门外的脚步')]
const texts = ['他回来了，雪还在下。', '灯亮着，船没有来。', '门开了，外面没有人。']
const answered = rows.map((each, at) => ({ ...each, output: texts[at] }))
const [first = {}, second = {}, third = {}] = answered
const right = jsonLines(answered)
let projectId: string
let uploadId: string
let testFileId: string
beforeEach(async () => {
  await db().job.deleteMany()
  projectId = await makeProject()
  uploadId = (await sendTest(projectId, rows)).id
  testFileId = (await testFileOfUpload(uploadId))?.id ?? ''
})

async function imported(content: string | Buffer) {
  async function* body() {
    yield Buffer.from(content)
  }
  const { id } = await importSubmission(projectId, { testFileId, fileName: 'submit.json', settings: { minimumCharacters: 1 } }, body())
  await runNextWell()
  if ((await db().job.count({ where: { state: 'queued' } })) > 0) await runNextWell()
  return id
}

async function mended(id: string, trims = false) {
  const made = await startMending(projectId, id, { trims })
  await runNextWell()
  return db().submission.findUniqueOrThrow({ where: { id: made.id } })
}
const found = async (id: string) => (await findSubmission(projectId, id)) ?? expect.unreachable()

describe('a wrong submission from elsewhere', () => {
  it.each([
    ['a byte order mark', `\ufeff${right}`],
    ['CRLF', right.replaceAll('\n', '\r\n')],
    ['blank lines and no last line end', right.replaceAll('}\n{', '}\n\n{').trimEnd()],
    ['its rows in another order', jsonLines([third, first, second])],
    ['text after its rows', right.replaceAll('}\n', '} 完\n')],
    ['rows too many', jsonLines([first, { input: '别的', output: '多出来的。' }, second, third])],
    ['other fields', jsonLines([{ ...first, score: 1 }, { input: '江上的灯', output: texts[1] }, third])],
    ['an array around it', JSON.stringify(answered, null, 2)],
    ['another encoding', iconv.encode(right, 'gb18030')],
  ])('with %s is made right, byte for byte what it should be, and stays itself', async (_, content) => {
    const id = await imported(content)
    const before = await db().submission.findUniqueOrThrow({ where: { id } })
    expect(checkOf(before)?.problems).not.toEqual([])
    const after = await mended(id)
    expect(checkOf(after)?.problems).toEqual([])
    expect(readFileSync(inHome(after.path ?? ''), 'utf8')).toBe(right)
    expect(readFileSync(inHome(before.path ?? ''))).toEqual(Buffer.from(content))
    expect(await found(after.id)).toMatchObject({ madeFrom: { id, ordinal: 1 }, ordinal: 2 })
    // The same order again is the submission that there is.
    expect((await startMending(projectId, id, { trims: false })).id).toBe(after.id)
  })

  it('leaves its mended one deletable: that goes alone, with its file', async () => {
    const id = await imported(`\ufeff${right}`)
    const waiting = await startMending(projectId, id, { trims: false })
    await expect(deleteSubmission(projectId, waiting.id)).rejects.toMatchObject({ code: 'submission.still-made' })
    await runNextWell()
    const { path } = await db().submission.findUniqueOrThrow({ where: { id: waiting.id } })
    await deleteSubmission(projectId, waiting.id)
    expect(existsSync(inHome(path ?? ''))).toBe(false)
    expect((await listSubmissions(projectId)).map((each) => each.id)).toEqual([id])
    expect(await db().story.count()).toBe(3)
    // What came with a file goes with its stories, by another way.
    await expect(deleteSubmission(projectId, id)).rejects.toMatchObject({ code: 'run.missing' })
    // The same order makes it anew.
    expect((await mended(id)).id).not.toBe(waiting.id)
    await expectInvariants(env().databaseUrl)
  })

  it('that lacks a row is made as right as it can be, and says what is still missing', async () => {
    const id = await imported(`\ufeff${jsonLines([third, first])}`)
    expect(checkOf(await found(id))?.mending).toMatchObject({ answered: 2, unanswered: { count: 1, rows: [2] } })
    expect(checkOf(await mended(id))?.problems).toMatchObject([{ row: 2, code: 'submission.empty-output', fix: 'write-again' }])
    // Nobody here wrote its stories.
    await expect(writeUnanswered(projectId, id)).rejects.toMatchObject({ code: 'submission.nothing-to-write' })
    await expectInvariants(env().databaseUrl)
  })

  it('has blanks taken off its stories only where a person wants it', async () => {
    const id = await imported(`\ufeff${jsonLines([{ ...first, output: ` ${texts[0]}\n` }, second, third])}`)
    const asItIs = await mended(id)
    expect(readFileSync(inHome(asItIs.path ?? ''), 'utf8')).toContain(JSON.stringify(` ${texts[0]}\n`))
    const trimmed = await mended(id, true)
    expect(readFileSync(inHome(trimmed.path ?? ''), 'utf8')).toBe(right)
    const [before, after] = [await found(asItIs.id), await found(trimmed.id)]
    expect(await differenceBetween(before, after)).toEqual({ before: { id: before.id, ordinal: 2 }, rows: 1, kinds: [{ kind: 'trimmed', rows: 1 }] })
    expect(await outputOf(after.id, 0)).toEqual({ text: texts[0], kind: 'written' })
  })

  it('cannot be mended where nothing is wrong, nothing answers a row, or nothing is there', async () => {
    const [whole, none] = [await imported(right), await imported('这不是提交\n')]
    await expect(startMending(projectId, whole, { trims: true })).rejects.toMatchObject({ code: 'submission.nothing-to-mend' })
    await expect(startMending(projectId, none, { trims: false })).rejects.toMatchObject({ code: 'submission.nothing-to-mend' })
    await expect(startMending(await makeProject(), whole, { trims: false })).rejects.toMatchObject({ code: 'run.missing' })
  })
})

describe('the history of a run’s submissions', () => {
  async function written(answers: readonly string[]): Promise<string> {
    const server = await startOpenaiServer((_, count) => says(_, answers[count] ?? '又写了一遍，这次写完了。'))
    const { id } = await startStoryRun(projectId, uploadId, server.url, { concurrency: 1, tries: 1 })
    await runStoriesWell()
    return id
  }
  async function submitted(storyRunId: string) {
    const { id } = await startSubmit(projectId, storyRunId)
    while ((await db().job.count({ where: { state: 'queued' } })) > 0) await runNext()
    return found(id)
  }

  it('says which rows are not as before, and how that came about; an edit is marked, undone and done again', async () => {
    const storyRunId = await written(texts)
    const place = { projectId, storyRunId, row: 1 }
    const one = await submitted(storyRunId)
    expect((await editedRows(projectId)).size).toBe(0)
    await editStory(place, { text: '灯灭了，船来了。', madeOf: 1 })
    expect(await editedStories(storyRunId)).toBe(1)
    const two = await submitted(storyRunId)
    expect(beforeOf(two, await listSubmissions(projectId))).toMatchObject({ id: one.id })
    expect(await differenceBetween(one, two)).toMatchObject({ rows: 1, kinds: [{ kind: 'edited', rows: 1 }] })
    expect(await changedRows(one, two)).toEqual([{ ordinal: 1, premise: '江上的灯', kind: 'edited' }])
    expect([await outputOf(one.id, 1), await outputOf(two.id, 1)]).toEqual([{ text: texts[1], kind: 'written' }, { text: '灯灭了，船来了。', kind: 'edited' }])
    expect([...(await editedRows(projectId))]).toEqual([[two.id, 1]])
    expect((await changedSince([one, two])).map(({ id }) => id)).toEqual([one.id])

    await undoEdit(place)
    expect(await db().story.findFirst({ where: { storyRunId, testRow: { ordinal: 1 } } })).toMatchObject({ text: texts[1], tryNumber: 1, chosenByPerson: false })
    await expect(undoEdit(place)).rejects.toMatchObject({ code: 'run.missing' })
    await redoEdit(place)
    expect(await db().story.findFirst({ where: { storyRunId, testRow: { ordinal: 1 } } })).toMatchObject({ text: '灯灭了，船来了。', tryNumber: 2, chosenByPerson: true })
    await expect(redoEdit(place)).rejects.toMatchObject({ code: 'run.missing' })
    await undoEdit(place)
    expect((await submitted(storyRunId)).id).toBe(one.id)
    await expectInvariants(env().databaseUrl)
  })

  it('of rows that were written again because they had no output', async () => {
    const storyRunId = await written([texts[0] ?? '', '', texts[2] ?? ''])
    const one = await submitted(storyRunId)
    expect(checkOf(one)?.problems).toMatchObject([{ row: 2, fix: 'write-again' }])
    expect(await writeUnanswered(projectId, one.id)).toEqual({ storyRunId, rows: 1 })
    while ((await db().job.count({ where: { state: 'queued' } })) > 0) await runNext()
    const two = await submitted(storyRunId)
    expect(checkOf(two)?.problems).toEqual([])
    expect(await differenceBetween(one, two)).toMatchObject({ rows: 1, kinds: [{ kind: 'written', rows: 1 }] })
    await expect(writeUnanswered(projectId, one.id)).rejects.toMatchObject({ code: 'submission.nothing-to-write' })
  })

  it('keeps what was measured with each, though the stories are changed after it', async () => {
    const storyRunId = await written(texts)
    const one = await submitted(storyRunId)
    expect(one.storiesPrint).toBe(await storiesPrint(storyRunId))
    await editStory({ projectId, storyRunId, row: 0 }, { text: '他回来了。'.repeat(10), madeOf: 1 })
    const two = await submitted(storyRunId)
    await db().submission.updateMany({ data: { challengeScore: 34.5 } })
    const points = await scorePoints(projectId)
    expect(points.map(({ ordinal, score }) => [ordinal, score])).toEqual([[1, 34.5], [2, 34.5]])
    // 8, 7 and 8 characters are counted; then 40 in the first one's stead.
    expect(points.map(({ means }) => means.length)).toEqual([expect.closeTo(23 / 3, 6), expect.closeTo(55 / 3, 6)])
    expect(two.storiesPrint).not.toBe(one.storiesPrint)
  })
})
