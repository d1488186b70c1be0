import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { presets } from '@/lib/settings/presets'
import { drawPassages, passagesNumbered, previewPrompt } from '@/lib/stages/prompts/preview'
import { promptPlaces, type PlacedPassage } from '@/lib/stages/prompts/places'
import { contentsOfSet } from '@/lib/stages/passages/set-contents'
import { makeProject } from '@/tests/support/jobs'
import { modernProse, sendNovels } from '@/tests/support/project-files'
import { runNextWell } from '@/tests/support/run-next'
import { startSet } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
let passageSetId: string
let places: PlacedPassage[]
beforeAll(async () => {
  const projectId = await makeProject()
  await sendNovels(projectId, [{ name: '路', text: `第一章 出门\n${modernProse(900)}\n第二章 回来\n${modernProse(100, 3)}` }])
  passageSetId = (await startSet(projectId)).id
  await runNextWell()
  const ids = (await db().passage.findMany({ where: { passageSetId }, orderBy: { ordinal: 'asc' } })).map(({ id }) => id)
  places = await promptPlaces(ids)
  expect(places.length).toBeGreaterThan(6)
})

describe('the places of passages', () => {
  it('name the novel and chapter, and say where in it they are', () => {
    expect(new Set(places.map(({ title }) => title))).toEqual(new Set(['路']))
    const first = places.filter(({ chapter }) => chapter.startsWith('第一章'))
    expect(first.map(({ place }) => place)).toEqual(['开头', ...first.slice(2).map(() => '中段'), '结尾'])
    expect(places.at(-1)).toMatchObject({ chapter: '第二章 回来', place: '全章', previous: '' })
  })

  it('tell what stands right before, at most 400 characters from a sentence’s beginning on', async () => {
    expect(places[0]?.previous).toBe('')
    expect(places[1]?.previous).toBe(places[0]?.passage)
    const late = places.findLast(({ place }) => place === '结尾')
    const chapter = places.filter(({ chapter: heading }) => heading === late?.chapter).map(({ passage }) => passage).join('')
    const before = chapter.slice(0, -(late?.passage.length ?? 0))
    expect(late && before.endsWith(late.previous)).toBe(true)
    expect([...(late?.previous ?? '')].length).toBeGreaterThan(350)
    expect([...(late?.previous ?? '')].length).toBeLessThanOrEqual(400)
    expect(late?.previous.startsWith('他的家是在')).toBe(true)
  })

  it('come in the order that was asked for, without those that are gone', async () => {
    const [a, b] = places
    expect((await promptPlaces([b?.id ?? 0, 0, a?.id ?? 0])).map(({ ordinal }) => ordinal)).toEqual([1, 0])
  })
})

it('the contents of a set are its novels and chapters with the passages each has', async () => {
  const [novel, ...others] = await contentsOfSet(passageSetId)
  expect(others).toEqual([])
  expect(novel).toMatchObject({ title: '路', passages: places.length, chapters: [{ heading: '第一章 出门', passages: places.length - 1 }, { heading: '第二章 回来', passages: 1 }] })
})

describe('the preview', () => {
  const { sampling } = presets.starter.premises
  const prompt = { system: '总', template: '《{{title}}》{{passage}}', examples: [], styles: [{ style: 'theme' as const, share: 100, system: '', template: '词：{{passage}}', examples: [], minimumCharacters: 1, maximumCharacters: 20, maxTokens: 33 }] }

  it('draws by its seed, the same again and in the set’s order', async () => {
    const draws = await Promise.all([1, 1, 2].map((seed) => drawPassages(passageSetId, 5, seed)))
    expect(draws[0]).toEqual(draws[1])
    expect(draws[2]).not.toEqual(draws[0])
    for (const draw of draws) expect(draw).toEqual([...draw].sort((a, b) => a - b))
    expect(await drawPassages(passageSetId, 1000, 1)).toHaveLength(places.length)
  })

  it('finds passages by their numbers and passes over those that are not there', async () => {
    const ids = places.map(({ id }) => id)
    expect(await passagesNumbered(passageSetId, [2, 0, 2, 9999, -1, 2 ** 40, 0.5])).toEqual([ids[0], ids[2]])
  })

  it('shows each passage as the model would read it in its style, and how long the longest gets', async () => {
    const ids = places.slice(0, 2).map(({ id }) => id)
    const preview = await previewPrompt({ passageSetId, passageIds: ids, prompt, sampling: { ...sampling, style: 'chat' }, engineModel: null })
    expect(preview.passages).toMatchObject([
      { ordinal: 0, style: 'theme', prompt: { style: 'chat', messages: [{ role: 'user', content: `词：${places[0]?.passage}` }] } },
      { ordinal: 1, style: 'theme' },
    ])
    expect(preview).toMatchObject({ context: null, isCounted: false, longest: { answerTokens: 40 } })
    const alone = await previewPrompt({ passageSetId, passageIds: ids, prompt: { ...prompt, styles: [] }, sampling, engineModel: 'no such model' })
    expect(alone.passages[0]?.prompt).toEqual({ style: 'completions', text: `总\n\n《路》${places[0]?.passage.trim()}` })
    expect(alone.isCounted).toBe(false)
  })
})
