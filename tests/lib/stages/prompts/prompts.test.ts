import { beforeAll, describe, expect, it } from 'vitest'
import { findPromptVersion, listPromptVersions, notePromptVersion, promptWordsOf, promptVersionsInUse, savePremisePrompt, saveStoryPrompt } from '@/lib/stages/prompts/prompts'
import { makeProject } from '@/tests/support/jobs'
import { row, sendTest } from '@/tests/support/project-files'
import { useStudio } from '@/tests/support/studio'

useStudio()
let projectId: string
beforeAll(async () => {
  projectId = await makeProject()
  await sendTest(projectId, [row('渡口'), row('雪夜归人'), row('雪夜归人'), row('列车停在荒原的夜里，老教授与逃兵分用一条围巾。')])
})

const prompt = { system: '总', template: '{{passage}}', examples: [{ passage: '甲', premise: '乙' }] }

describe('prompt versions', () => {
  it('are numbered, never changed, and the same words are the version they were', async () => {
    const first = await savePremisePrompt(projectId, prompt)
    const second = await savePremisePrompt(projectId, { ...prompt, examples: [] })
    const both = await Promise.all([savePremisePrompt(projectId, { ...prompt, system: '三' }), savePremisePrompt(projectId, { ...prompt, system: '三' })])
    expect(both[0].id).toBe(both[1].id)
    expect((await savePremisePrompt(projectId, prompt)).id).toBe(first.id)
    expect(await listPromptVersions(projectId, 'premise')).toMatchObject([{ version: 3 }, { version: 2, id: second.id }, { version: 1, id: first.id }])
    expect(promptWordsOf(first)).toEqual({ ...prompt, styles: [] })
    expect((await savePremisePrompt(await makeProject(), prompt)).version).toBe(1)
  })

  it('have a note, of their own project alone, and say where they were used', async () => {
    const [newest] = await listPromptVersions(projectId, 'premise')
    if (!newest) throw new Error('No version')
    await notePromptVersion(projectId, newest.id, '  短而具体 ')
    await notePromptVersion(await makeProject(), newest.id, '别人的')
    expect(await findPromptVersion(projectId, newest.id)).toMatchObject({ note: '短而具体', sha256: newest.sha256, system: newest.system })
    expect((await promptVersionsInUse(projectId, 'premise')).map(({ version, premiseRuns }) => [version, premiseRuns])).toEqual([[3, []], [2, []], [1, []]])
    expect(await findPromptVersion(await makeProject(), newest.id)).toBeNull()
  })

  it('keep their styles, and are another version with them', async () => {
    const style = { style: 'theme' as const, share: 10, system: '', template: '{{passage}}', examples: [{ passage: '甲', premise: '雪夜归人' }], minimumCharacters: 2, maximumCharacters: 20, maxTokens: 40 }
    const other = await makeProject()
    const [plain, styled] = [await savePremisePrompt(other, prompt), await savePremisePrompt(other, { ...prompt, styles: [style] })]
    expect([plain.version, styled.version]).toEqual([1, 2])
    expect(promptWordsOf(styled).styles).toEqual([style])
    await expect(savePremisePrompt(projectId, { ...prompt, styles: [style] })).rejects.toMatchObject({ field: 'styles.0.examples.0.premise', code: 'prompt.example-is-test-premise' })
    await expect(savePremisePrompt(other, { ...prompt, styles: [{ ...style, template: '写' }] })).rejects.toMatchObject({ field: 'styles.0.template', code: 'prompt.variable-missing' })
    await expect(savePremisePrompt(other, { ...prompt, system: '{{title}}' })).rejects.toMatchObject({ field: 'system', code: 'prompt.variable-in-system' })
  })

  it('of premises and of stories are numbered apart', async () => {
    expect(await saveStoryPrompt(projectId, { system: '总', template: '{{premise}}' })).toMatchObject({ purpose: 'story', version: 1 })
    expect(await listPromptVersions(projectId, 'story')).toHaveLength(1)
  })

  it('refuse what would ask for nothing, an unknown variable, and an example that gives a test premise away', async () => {
    await expect(savePremisePrompt(projectId, { ...prompt, template: '写' })).rejects.toMatchObject({ code: 'prompt.variable-missing' })
    await expect(savePremisePrompt(projectId, { ...prompt, template: '{{passage}}{{author}}' })).rejects.toMatchObject({ code: 'prompt.unknown-variable' })
    await expect(saveStoryPrompt(projectId, { system: '', template: '{{passage}}' })).rejects.toMatchObject({ code: 'prompt.unknown-variable' })
    await expect(savePremisePrompt(projectId, { ...prompt, examples: [{ passage: '甲', premise: ' 雪夜归人 ' }] })).rejects.toMatchObject({
      code: 'prompt.example-is-test-premise',
      params: { example: 1, test: '雪夜归人', row: 2, file: 'test.json' },
    })
    expect(await listPromptVersions(projectId, 'premise')).toHaveLength(3)
  })

  it.each([
    ['a premise nearly like one', { passage: '甲', premise: '列车停在荒原夜里，老教授与逃兵分用一条毛毯' }],
    ['a passage that tells one whole', { passage: '那年冬天，列车停在荒原的夜里，老教授与逃兵分用一条围巾。谁也没有说话。', premise: '乙' }],
  ])('refuse %s, naming the row', async (_, example) => {
    await expect(savePremisePrompt(projectId, { ...prompt, examples: [{ passage: '甲', premise: '乙' }, example] })).rejects.toMatchObject({
      code: 'prompt.example-is-test-premise',
      params: { example: 2, row: 4 },
    })
  })
})
