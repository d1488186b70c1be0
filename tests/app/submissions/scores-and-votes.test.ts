import { expect, it, vi } from 'vitest'
import { idle } from '@/app/_guard/action-state'
import { measureStories } from '@/app/projects/[projectId]/stories/[storyRunId]/scoring-actions'
import { saveStoryEdit, undoStoryEdit } from '@/app/projects/[projectId]/stories/[storyRunId]/actions'
import { mendSubmission, writeRowsAgain } from '@/app/projects/[projectId]/submissions/actions'
import { deleteVotes, startVotes } from '@/app/projects/[projectId]/submissions/votes/actions'
import { db } from '@/lib/db'
import { listRounds } from '@/lib/stages/submissions/vote-rounds'
import { useStudio } from '@/tests/support/studio'
import { makeTestFile, writeSubmission } from '@/tests/support/written-submissions'

useStudio()
// Next gives headers only while it serves a request.
vi.mock('next/headers', () => ({ cookies: async () => ({ get: () => ({ value: 'en' }) }), headers: async () => new Headers({ host: 'localhost:3000', origin: 'http://localhost:3000' }) }))
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }))

function formOf(values: [string, string][]): FormData {
  const form = new FormData()
  for (const [name, value] of values) form.append(name, value)
  return form
}

it('has stories measured against another target, and refuses one that no story could have', async () => {
  const file = await makeTestFile(['雪夜'])
  const { storyRunId } = await writeSubmission(file, [{ text: '他回来了。' }])
  const ask = (target: string) => measureStories(idle, formOf([['projectId', file.projectId], ['storyRunId', storyRunId], ['target', target]]))
  for (const bad of ['0', '49', '20001', '800.5', 'many', '1e9']) expect(await ask(bad)).toMatchObject({ status: 'failed', fields: { target: expect.any(String) } })
  expect(await db().storyScoring.count()).toBe(0)
  expect(await ask('120')).toMatchObject({ status: 'done' })
  expect(await ask('')).toMatchObject({ status: 'done' })
  expect(await db().storyScoring.findMany({ select: { settings: true } })).toEqual([{ settings: { target: 800 } }])
})

it('draws a round of votes, and says why it cannot', async () => {
  const file = await makeTestFile(['雪夜'])
  const ids = [(await writeSubmission(file, [{ text: '甲。' }])).id, (await writeSubmission(file, [{ text: '乙。' }])).id]
  const ask = (chosen: string[]) => startVotes(idle, formOf([['projectId', file.projectId], ...chosen.map((id): [string, string] => ['ids', id])]))
  expect(await ask([])).toMatchObject({ status: 'failed', error: expect.stringContaining('two or more') })
  expect(await ask(ids.slice(0, 1))).toMatchObject({ status: 'failed' })
  expect(await ask(['no-id'])).toMatchObject({ status: 'failed' })
  await expect(ask(ids)).rejects.toThrow('NEXT_REDIRECT')
  expect(await db().voteRound.findMany({ include: { runs: true } })).toMatchObject([{ ordinal: 1, runs: [{ place: 0 }, { place: 1 }] }])
})

it('deletes a round and no other, and says that one is gone', async () => {
  const file = await makeTestFile(['雪夜'])
  const ids = [(await writeSubmission(file, [{ text: '甲。' }])).id, (await writeSubmission(file, [{ text: '乙。' }])).id]
  const draw = () => expect(startVotes(idle, formOf([['projectId', file.projectId], ...ids.map((id): [string, string] => ['ids', id])]))).rejects.toThrow('NEXT_REDIRECT')
  await draw()
  await draw()
  const [second, first] = await listRounds(file.projectId)
  const remove = (id = '') => deleteVotes(idle, formOf([['projectId', file.projectId], ['roundId', id]]))
  expect(await remove(first?.id)).toMatchObject({ status: 'done', message: expect.stringContaining('1') })
  expect((await listRounds(file.projectId)).map(({ id }) => id)).toEqual([second?.id])
  expect(await remove(first?.id)).toMatchObject({ status: 'failed' })
  expect(await remove('no-id')).toMatchObject({ status: 'failed' })
})

it('offers to take an edit back, and after that to do it again', async () => {
  const file = await makeTestFile(['雪夜'])
  const { storyRunId } = await writeSubmission(file, [{ text: '他回来了。' }])
  const place: [string, string][] = [['projectId', file.projectId], ['storyRunId', storyRunId], ['row', '0']]
  expect(await saveStoryEdit(idle, formOf([...place, ['text', '他走了。'], ['madeOf', '1']]))).toMatchObject({ status: 'done', undo: { again: false, values: { number: 1, byPerson: 'no', back: 'yes' } } })
  const undone = await undoStoryEdit(idle, formOf(place))
  expect(undone).toMatchObject({ status: 'done', undo: { again: true, values: { number: 2, byPerson: 'yes', back: 'no' } } })
  if (undone.status !== 'done' || !undone.undo) throw new Error('It cannot be done again')
  const again = formOf(Object.entries(undone.undo.values).map(([name, value]): [string, string] => [name, String(value)]))
  expect(await undone.undo.action(idle, again)).toMatchObject({ status: 'done', undo: { again: false } })
  expect(await db().story.findFirst({ where: { storyRunId } })).toMatchObject({ text: '他走了。', tryNumber: 2 })
})

it('says why a submission cannot be mended or written again', async () => {
  const file = await makeTestFile(['雪夜'])
  const { id } = await writeSubmission(file, [{ text: '他回来了。' }])
  const form = () => formOf([['projectId', file.projectId], ['submissionId', id]])
  expect(await mendSubmission(idle, form())).toMatchObject({ status: 'failed', error: expect.stringContaining('nothing in this file') })
  await db().submission.update({ where: { id }, data: { settings: { minimumCharacters: 1 } } })
  expect(await writeRowsAgain(idle, form())).toMatchObject({ status: 'failed', error: expect.stringContaining('No row of this story run') })
})
