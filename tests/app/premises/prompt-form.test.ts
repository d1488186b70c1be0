import { describe, expect, it } from 'vitest'
import { readPrompt } from '@/app/projects/[projectId]/premises/_draft-prompt'
import { promptField } from '@/app/projects/[projectId]/premises/_prompt-form'

const style = { style: 'theme', share: 10, system: '', template: '{{passage}}', examples: [], minimumCharacters: 2, maximumCharacters: 20, maxTokens: 40 }
const prompt = { system: '写提要。', template: '{{passage}}', examples: [{ passage: '甲', premise: '子' }], styles: [style] }
const read = (value: unknown) => promptField.safeParse(JSON.stringify(value))
const places = (value: unknown) => read(value).error?.issues.map(({ path }) => path.join('.'))

describe('the form’s prompt', () => {
  it('is read as it was written, empty rows at the end left out', () => {
    const empty = { passage: '', premise: '' }
    expect(read({ ...prompt, examples: [...prompt.examples, empty, empty], styles: [{ ...style, examples: [empty] }] }).data).toEqual(prompt)
    expect(read({ ...prompt, system: '' }).data).toMatchObject({ system: '' })
  })

  it('says at its own field what is missing', () => {
    expect(places({ ...prompt, template: '' })).toEqual(['template'])
    expect(places({ ...prompt, examples: [{ passage: '甲', premise: '' }] })).toEqual(['examples.0.premise'])
    expect(places({ ...prompt, examples: [{ passage: '', premise: '' }, { passage: '乙', premise: '丑' }] })).toEqual(['examples.0.passage', 'examples.0.premise'])
    expect(places({ ...prompt, styles: [{ ...style, template: '' }] })).toEqual(['styles.0.template'])
  })

  it.each([
    ['more than a hundred in a hundred', { ...prompt, styles: [{ ...style, share: 60 }, { ...style, style: 'outline', share: 41 }] }],
    ['a style twice', { ...prompt, styles: [style, style] }],
    ['least above most', { ...prompt, styles: [{ ...style, minimumCharacters: 30 }] }],
    ['twenty-one examples', { ...prompt, examples: Array(21).fill({ passage: '甲', premise: '子' }) }],
    ['a field nobody knows', { ...prompt, more: 1 }],
    ['no prompt', null],
  ])('is refused with %s', (_, value) => expect(read(value).success).toBe(false))

  it('is refused when it is no JSON', () => expect(promptField.safeParse('{').success).toBe(false))
})

describe('a draft from the browser', () => {
  it('is taken when it is a prompt, and for none otherwise', () => {
    expect(readPrompt(prompt)).toEqual(prompt)
    expect(readPrompt({ ...prompt, template: '' })).toMatchObject({ template: '' })
    for (const other of [null, 'x', [], { ...prompt, styles: [{ ...style, share: '10' }] }, { ...prompt, styles: undefined }, { ...prompt, examples: [{}] }]) expect(readPrompt(other)).toBeNull()
  })
})
