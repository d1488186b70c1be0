import { describe, expect, it } from 'vitest'
import { readPrompt } from '@/app/projects/[projectId]/premises/_draft-prompt'
import { promptField } from '@/app/projects/[projectId]/premises/_prompt-form'
import { issueWords } from '@/lib/settings/issue-words'

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
    ['twenty-one examples', { ...prompt, examples: Array(21).fill({ passage: '甲', premise: '子' }) }],
    ['a field nobody knows', { ...prompt, more: 1 }],
    ['no prompt', null],
  ])('is refused with %s', (_, value) => expect(read(value).success).toBe(false))

  it.each([
    ['no JSON', '{', '', 'What was sent is not valid JSON.', '送来的内容不是有效的 JSON。'],
    ['least above most', JSON.stringify({ ...prompt, styles: [{ ...style, minimumCharacters: 30 }] }), 'styles.0.minimumCharacters', expect.stringMatching(/^The fewest characters \(30\) must not exceed the most \(\d+\)\.$/), expect.stringMatching(/^最少字数（30）不能超过最多字数（\d+）。$/)],
    ['more than a hundred in a hundred', JSON.stringify({ ...prompt, styles: [{ ...style, share: 60 }, { ...style, style: 'outline', share: 41 }] }), 'styles', 'The shares come to more than 100 percent together.', '各体裁的比例之和不能超过 100%。'],
    ['a style twice', JSON.stringify({ ...prompt, styles: [style, style] }), 'styles', 'Each style may stand here only once.', '每种体裁只能出现一次。'],
    ['what is out of range', JSON.stringify({ ...prompt, styles: [{ ...style, share: 0 }] }), 'styles.0.share', 'Share must be a whole number from 1 to 100 (percent), not 0.', '“比例”应为 1 到 100 之间的整数（%），而不是 0。'],
  ])('is told of %s in either language', (_, text, field, en, zh) => {
    for (const [locale, message] of [['en', en], ['zh', zh]] as const) {
      const issues = promptField.safeParse(text, { error: issueWords(promptField, locale) }).error?.issues ?? []
      expect(issues.map((issue) => [issue.path.join('.'), issue.message])).toEqual([[field, message]])
    }
  })
})

describe('a draft from the browser', () => {
  it('is taken when it is a prompt, and for none otherwise', () => {
    expect(readPrompt(prompt)).toEqual(prompt)
    expect(readPrompt({ ...prompt, template: '' })).toMatchObject({ template: '' })
    for (const other of [null, 'x', [], { ...prompt, styles: [{ ...style, share: '10' }] }, { ...prompt, styles: undefined }, { ...prompt, examples: [{}] }]) expect(readPrompt(other)).toBeNull()
  })
})
