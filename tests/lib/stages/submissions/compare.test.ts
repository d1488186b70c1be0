import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { GET as orderRoute } from '@/app/api/submissions/compare/route'
import { GET as rowsRoute } from '@/app/api/submissions/compare/rows/route'
import { comparedOrder, comparedStories, compareView, tally } from '@/lib/stages/submissions/compare'
import { db } from '@/lib/db'
import { editStory } from '@/lib/stages/stories/tries'
import { makeJob } from '@/tests/support/jobs'
import { makeTestFile, writeSubmission } from '@/tests/support/written-submissions'
import { useStudio } from '@/tests/support/studio'

useStudio()
vi.mock('next/headers', () => ({ cookies: async () => ({ get: () => undefined }) }))

let ids: string[]
let other: string
beforeAll(async () => {
  const file = await makeTestFile(['雪夜归人', '江上的灯', '雪落无声', '门外'])
  const one = await writeSubmission(file, [
    { text: '他回来了。', figures: { lengthScore: 90, repetition: 0.1 } },
    { text: '灯亮着。', figures: { lengthScore: 50, repetition: 0.5 }, flaws: ['looped'] },
    { text: '无声。', figures: { lengthScore: 70, repetition: 0.2 } },
    { text: '门开了。' },
  ])
  const two = await writeSubmission(file, [
    { text: '她回来了。', figures: { lengthScore: 95, repetition: 0.1 } },
    { text: '灯灭了。', figures: { lengthScore: 10, repetition: 0.0 } },
    null,
    { text: '门关了。', figures: { lengthScore: 99, repetition: 0.9 } },
  ])
  ids = [one.id, two.id]
  other = (await writeSubmission(await makeTestFile(['别的']), [{ text: '别的。' }])).id
})

const order = async (view: object) => (await comparedOrder(ids, compareView.parse(view))).map(({ ordinal }) => ordinal)

describe('the rows of a comparison', () => {
  it('come by the largest difference, those with one figure last', async () => {
    expect(await order({ measure: 'lengthScore' })).toEqual([1, 0, 2, 3])
    expect(await order({ measure: 'repetition' })).toEqual([1, 0, 2, 3])
  })

  it('come worst first, whichever way is worse', async () => {
    expect(await order({ measure: 'lengthScore', by: 'worst' })).toEqual([1, 2, 0, 3])
    expect(await order({ measure: 'repetition', by: 'worst' })).toEqual([3, 1, 2, 0])
    expect(await order({ by: 'row' })).toEqual([0, 1, 2, 3])
  })

  it('are those that the filters let through', async () => {
    expect(await order({ by: 'row', show: 'missing' })).toEqual([2])
    expect(await order({ by: 'row', show: 'flawed' })).toEqual([1])
    expect(await order({ by: 'row', measure: 'repetition', show: 'unlike' })).toEqual([1, 2, 3])
    expect(await order({ by: 'row', q: '雪' })).toEqual([0, 2])
    expect(await order({ by: 'row', q: '%' })).toEqual([])
  })

  it('count who is best', async () => {
    const rows = await comparedOrder(ids, compareView.parse({ by: 'row', measure: 'repetition' }))
    expect(tally(rows, 2, 'repetition')).toEqual({ wins: [0, 1], ties: 1 })
    expect(tally(rows, 2, 'length')).toEqual({ wins: [1, 0], ties: 1 })
  })

  it('have premise, stories and figures in the order asked for', async () => {
    const rows = await comparedStories(ids.toReversed(), [2, 0])
    expect(rows.toSorted((a, b) => a.ordinal - b.ordinal)).toMatchObject([
      { ordinal: 0, premise: '雪夜归人', stories: [{ text: '她回来了。', characters: 5, measures: { figures: { lengthScore: 95 } } }, { text: '他回来了。' }] },
      { ordinal: 2, stories: [null, { text: '无声。', flaws: [] }] },
    ])
  })

  it('are of two to four submissions of one test file', async () => {
    for (const few of [[], [ids[0] ?? ''], [ids[0] ?? '', other], [...ids, ...ids, ids[0] ?? '']]) {
      await expect(comparedOrder(few, compareView.parse({}))).rejects.toMatchObject({ code: 'compare.unlike' })
    }
    await expect(comparedOrder([ids[0] ?? '', randomUUID()], compareView.parse({}))).rejects.toMatchObject({ code: 'run.missing' })
    await expect(comparedStories(['no-id', ids[0] ?? ''], [0])).rejects.toMatchObject({ code: 'run.missing' })
  })
})

describe('two submissions of one run', () => {
  it('stand beside each other with what each has, not with what the run has now', async () => {
    const file = await makeTestFile(['雪夜', '江上'])
    const before = await writeSubmission(file, [{ text: '雪停了。', figures: { lengthScore: 40 } }, { text: '灯亮着。', figures: { lengthScore: 60 } }])
    await db().submission.update({ where: { id: before.id }, data: { tryNumbers: [1, 1], outputPrints: [1, 2] } })
    await editStory({ projectId: file.projectId, storyRunId: before.storyRunId, row: 0 }, { text: '雪还在下。', madeOf: 1 })
    const { id: jobId } = await makeJob('make-submission', file.projectId)
    const after = await db().submission.create({ data: { projectId: file.projectId, ordinal: 2, storyRunId: before.storyRunId, settings: {}, tryNumbers: [2, 1], outputPrints: [3, 2], jobId } })
    const both = [before.id, after.id]
    const [row, other] = (await comparedStories(both, [0, 1])).toSorted((one, two) => one.ordinal - two.ordinal)
    expect(row?.stories).toMatchObject([{ text: '雪停了。', kind: 'written', measures: null }, { text: '雪还在下。', kind: 'edited' }])
    expect(other?.stories).toMatchObject([{ text: '灯亮着。', measures: { figures: { lengthScore: 60 } } }, { text: '灯亮着。' }])
    expect(await comparedOrder(both, compareView.parse({ by: 'row' }))).toEqual([{ ordinal: 0, figures: [null, null] }, { ordinal: 1, figures: [60, 60] }])
  })
})

describe('the routes of a comparison', () => {
  const ask = (path: string, host = 'localhost:3000') => new Request(`http://localhost:3000${path}`, { headers: { host } })
  const both = () => ids.map((id) => `ids=${id}`).join('&')

  it('answer with the order, and with the rows asked for', async () => {
    expect(await (await orderRoute(ask(`/?${both()}&measure=lengthScore`))).json()).toMatchObject({ rows: [[1, [50, 10]], [0, [90, 95]], [2, [70, null]], [3, [null, 99]]], wins: [1, 1], ties: 0 })
    expect((await (await rowsRoute(ask(`/?${both()}&at=3&at=1`))).json()).rows).toHaveLength(2)
  })

  it('take what they do not know for what is usual, and no strange host', async () => {
    expect((await (await orderRoute(ask(`/?${both()}&measure=drop&by=table&show=%00`))).json()).rows[0][0]).toBe(1)
    expect((await (await rowsRoute(ask(`/?${both()}&at=x`))).json()).rows).toEqual([])
    expect((await orderRoute(ask('/?ids=no-id&ids=2'))).status).toBe(404)
    expect((await orderRoute(ask(`/?ids=${ids[0]}`))).status).toBe(400)
    expect((await rowsRoute(ask('/', 'evil.example'))).status).toBe(403)
    expect((await orderRoute(ask('/', 'evil.example'))).status).toBe(403)
  })
})
