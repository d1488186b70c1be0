import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { forecastWhole } from '@/lib/stages/stories/forecast'
import { storySpread } from '@/lib/stages/stories/spread'
import { storyLines } from '@/lib/stages/stories/stories'
import { putStories } from '@/lib/stages/stories/put-story'
import { startSubmission } from '@/lib/stages/submissions/submissions'
import { writeWhole } from '@/lib/stages/stories/preview'
import { chooseTry, editStory, triesOf } from '@/lib/stages/stories/tries'
import { expectInvariants } from '@/tests/support/invariants'
import { makeProject } from '@/tests/support/jobs'
import { says, startOpenaiServer } from '@/tests/support/openai-server'
import { row, sendTest } from '@/tests/support/project-files'
import { runNextWell, runStoriesWell } from '@/tests/support/run-next'
import { startStoryRun } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
let projectId: string
beforeEach(async () => {
  await db().job.deleteMany()
  projectId = await makeProject()
})

const texts = ['雪', '雪夜里有人归来。', '江上起了雾，船都没有来。']
/** A run of two rows: the first with two tries, the second with one. */
async function writtenRun(): Promise<string> {
  const upload = await sendTest(projectId, ['雪夜归人', '江上的灯'].map(row))
  const server = await startOpenaiServer((asked, count) => says(asked, texts[count] ?? '?'))
  const { id } = await startStoryRun(projectId, upload.id, server.url, { concurrency: 1 })
  await runStoriesWell()
  return id
}
/** Resolves when a transaction of this database waits for another. */
async function somebodyWaits(): Promise<void> {
  for (;;) {
    const [waiting] = await db().$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    if (waiting && waiting.count > 0) return
  }
}
const storyOf = (storyRunId: string, ordinal = 0) => db().story.findFirstOrThrow({ where: { storyRunId, testRow: { ordinal } }, include: { score: true } })

describe('a person', () => {
  it('takes another try, and takes that back; the figures go with the text', async () => {
    const storyRunId = await writtenRun()
    const place = { projectId, storyRunId, row: 0 }
    const first = await storyOf(storyRunId)
    expect(await chooseTry(place, { number: 1, byPerson: true })).toEqual({ number: 2, byPerson: false })
    const taken = await storyOf(storyRunId)
    expect(taken).toMatchObject({ text: '雪', tryNumber: 1, chosenByPerson: true, attempts: 2, outcome: 'refused', characters: 1, score: null })
    // A list that follows the run sees it again.
    expect((await storyLines(storyRunId, Math.max(first.id, (await storyOf(storyRunId, 1)).id))).map(({ id }) => id)).toEqual([taken.id])
    expect(await runNextWell()).toMatchObject({ name: 'score-stories' })
    await chooseTry(place, { number: 2, byPerson: false })
    expect(await storyOf(storyRunId)).toMatchObject({ text: texts[1], tryNumber: 2, chosenByPerson: false })
    await expect(chooseTry(place, { number: 7, byPerson: true })).rejects.toMatchObject({ code: 'run.missing' })
    await expect(chooseTry({ ...place, row: 9 }, 'best')).rejects.toMatchObject({ code: 'run.missing' })
    await expectInvariants(env().databaseUrl)
  })

  it('never has a list that follows the run miss what is being written at the same time', async () => {
    const storyRunId = await writtenRun()
    const { testRowId } = await storyOf(storyRunId)
    const tries = await triesOf(storyRunId, testRowId)
    const tried = tries[1]
    if (!tried) throw new Error('The first row has two tries')
    await db().story.deleteMany({ where: { storyRunId, testRowId } })
    let seen = 0
    let edit: Promise<unknown> = Promise.resolve()
    await db().$transaction(async (tx) => {
      await putStories(tx, storyRunId, 0, [{ tried, attempts: 2, byPerson: false }])
      edit = editStory({ projectId, storyRunId, row: 1 }, { text: '江上起了雾。', madeOf: 1 })
      await Promise.race([edit, somebodyWaits()])
      seen = (await storyLines(storyRunId, 0)).at(-1)?.id ?? 0
    })
    await edit
    expect((await storyLines(storyRunId, seen)).map(({ ordinal }) => ordinal)).toContain(0)
    await expectInvariants(env().databaseUrl)
  })

  it('leaves the choice to the measures again', async () => {
    const storyRunId = await writtenRun()
    const place = { projectId, storyRunId, row: 0 }
    await chooseTry(place, { number: 1, byPerson: true })
    await chooseTry(place, 'best')
    expect(await storyOf(storyRunId)).toMatchObject({ tryNumber: 2, chosenByPerson: false })
  })

  it('edits a story: marked as edited, undone by taking the try before, and carried by the next submission', async () => {
    const storyRunId = await writtenRun()
    const place = { projectId, storyRunId, row: 1 }
    const before = await startSubmission(projectId, storyRunId, { minimumCharacters: 1 })
    const undo = await editStory(place, { text: ' 江上起了雾。\r\n船来了。 ', madeOf: 1 })
    const story = await storyOf(storyRunId, 1)
    expect(story).toMatchObject({ text: '江上起了雾。\n船来了。', tryNumber: 2, chosenByPerson: true, finishReason: 'stop' })
    expect(await triesOf(storyRunId, story.testRowId)).toMatchObject([{ number: 1, kind: 'written' }, { number: 2, kind: 'edited', fromNumber: 1 }])
    expect((await storyLines(storyRunId, 0)).map(({ kind }) => kind)).toEqual(['written', 'edited'])
    const after = await startSubmission(projectId, storyRunId, { minimumCharacters: 1 })
    expect(after.id).not.toBe(before.id)
    await chooseTry(place, undo)
    expect(await storyOf(storyRunId, 1)).toMatchObject({ text: texts[2], chosenByPerson: false })
    await expectInvariants(env().databaseUrl)
  })

  it('cannot empty a story, bloat it, or write over what changed meanwhile', async () => {
    const storyRunId = await writtenRun()
    const place = { projectId, storyRunId, row: 0 }
    await expect(editStory(place, { text: ' \n', madeOf: 2 })).rejects.toMatchObject({ code: 'stories.edit-empty' })
    await expect(editStory(place, { text: '雪'.repeat(200_001), madeOf: 2 })).rejects.toMatchObject({ code: 'stories.edit-long' })
    await expect(editStory(place, { text: '雪停了。', madeOf: 1 })).rejects.toMatchObject({ code: 'stories.changed-meanwhile', params: { row: 1 } })
    await editStory(place, { text: texts[1] ?? '', madeOf: 2 })
    expect((await storyOf(storyRunId)).attempts).toBe(2)
  })
})

describe('a preview', () => {
  const rows = Array.from({ length: 12 }, (_, index) => row(`第${index}个人归来`))

  it('writes five rows; the whole after it writes the others only, and can be foretold', async () => {
    const upload = await sendTest(projectId, rows)
    const server = await startOpenaiServer((asked) => says(asked, `${asked.prompt}，推开了门。`, { completionTokens: 12 }))
    const run = await startStoryRun(projectId, upload.id, server.url, {}, 'writer', { preview: true })
    expect(await runNextWell()).toMatchObject({ result: { total: 5, good: 5 }, progressTotal: 5 })
    expect(server.log).toHaveLength(5)
    const found = await db().storyRun.findUniqueOrThrow({ where: { id: run.id } })
    expect(new Set(found.previewRows).size).toBe(5)
    expect(await db().job.count({ where: { state: 'queued' } })).toBe(0)
    await expect(startSubmission(projectId, run.id, { minimumCharacters: 1 })).rejects.toMatchObject({ code: 'run.missing' })
    expect(await forecastWhole(found)).toMatchObject({ rows: 7, tokens: 84, by: { kind: 'preview' } })
    // The same order for the whole is the same run; so is the button on its page.
    expect((await startStoryRun(projectId, upload.id, server.url)).id).toBe(run.id)
    await expect(writeWhole(projectId, run.id)).resolves.toBeUndefined()
    expect(await runNextWell()).toMatchObject({ result: { total: 12, good: 12 } })
    expect(server.log).toHaveLength(12)
    expect(new Set(server.log.map(({ prompt }) => prompt)).size).toBe(12)
    await expectInvariants(env().databaseUrl)
  })

  it('is not widened while it is still being written', async () => {
    const upload = await sendTest(projectId, rows)
    const server = await startOpenaiServer((asked) => says(asked, '他推开了门。'))
    const run = await startStoryRun(projectId, upload.id, server.url, {}, 'writer', { preview: true })
    await expect(writeWhole(projectId, run.id)).rejects.toMatchObject({ code: 'stories.preview-running' })
  })
})

it('while it runs a run says how long its stories are against the target, and how much they repeat', async () => {
  const storyRunId = await writtenRun()
  expect(await storySpread(storyRunId, 10)).toMatchObject({ stories: 2, near: 1, repetitive: 0, lengths: expect.arrayContaining([{ from: 6, to: 8, count: 1 }, { from: 10, to: 12, count: 1 }]) })
})
