import { expect, it, vi } from 'vitest'
import { idle } from '@/app/_guard/action-state'
import { measureStories } from '@/app/projects/[projectId]/stories/[storyRunId]/scoring-actions'
import { startVotes } from '@/app/projects/[projectId]/submissions/votes/actions'
import { db } from '@/lib/db'
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
