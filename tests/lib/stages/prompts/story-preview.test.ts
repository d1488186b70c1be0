import { beforeEach, describe, expect, it } from 'vitest'
import { makeTestFile } from '@/bench/support/test-file'
import { db } from '@/lib/db'
import { previewStoryPrompt } from '@/lib/stages/prompts/story-preview'
import { makeProject } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()
const prompt = { system: '你是小说家。', template: '提要：{{premise}}' }
let testFileId: string
beforeEach(async () => {
  testFileId = await makeTestFile(await makeProject(), 12)
})
const inputOf = async (ordinal: number) => (await db().testRow.findFirstOrThrow({ where: { testFileId, ordinal } })).input
const order = { prompt, style: 'chat' as const, engineModel: null }

describe('the preview of a story prompt', () => {
  it('renders a row of a number as the model is sent it, chat or text', async () => {
    const filled = `提要：${await inputOf(3)}`
    expect(await previewStoryPrompt({ ...order, testFileId, rows: { ordinals: [3] } })).toMatchObject({
      rows: [{ ordinal: 3, prompt: { style: 'chat', messages: [{ role: 'system', content: '你是小说家。' }, { role: 'user', content: filled }] }, asRead: null }],
      isCounted: false,
      fault: null,
    })
    const { rows } = await previewStoryPrompt({ ...order, style: 'completions', testFileId, rows: { ordinals: [3] } })
    expect(rows.map((row) => row.prompt)).toEqual([{ style: 'completions', text: `你是小说家。\n\n${filled}\n\n` }])
  })

  it('draws rows by a seed, the same ones for the same, and knows the longest', async () => {
    const drawn = async (draw: number) => (await previewStoryPrompt({ ...order, testFileId, rows: { draw, count: 3 } })).rows.map(({ ordinal }) => ordinal)
    expect(await drawn(1)).toHaveLength(3)
    expect(await drawn(1)).toEqual(await drawn(1))
    expect(new Set(await Promise.all([1, 2, 3, 4].map(async (draw) => (await drawn(draw)).join()))).size).toBeGreaterThan(1)
    // The first of those with two digits in their number.
    expect((await previewStoryPrompt({ ...order, testFileId, rows: { ordinals: [] } })).longest?.ordinal).toBe(10)
  })
})
