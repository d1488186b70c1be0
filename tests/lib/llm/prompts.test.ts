import { describe, expect, it } from 'vitest'
import { checkTemplate, fillTemplate, premiseMessages, premiseText, premiseVariables, storyMessages, storyText, storyVariables, variablesOf } from '@/lib/llm/prompts'

const examples = [
  { passage: '甲文。\n\n\n甲尾。', premise: '甲提要' },
  { passage: '乙文。', premise: '乙提要' },
]
const place = { passage: '正文{{title}}。\n\n第二段。', title: '呐喊', chapter: '药' }

describe('templates', () => {
  it('names their variables in order', () => {
    expect(variablesOf('{{a}} {{ b }} {{a}} {c} {{}}')).toEqual(['a', 'b', 'a', ''])
  })

  it.each(['{{passage}}', '{{ passage }} {{title}} {{chapter}}'])('%s is fine', (template) => {
    expect(() => checkTemplate(template, premiseVariables, 'passage')).not.toThrow()
  })

  it.each([
    ['{{passage}} {{author}}', 'prompt.unknown-variable', { variable: 'author', known: 'passage, title, chapter' }],
    ['{{passage}} {{}}', 'prompt.unknown-variable', { variable: '' }],
    ['{{passage}} {{constructor}}', 'prompt.unknown-variable', { variable: 'constructor' }],
    ['{{title}}', 'prompt.variable-missing', { variable: 'passage' }],
    ['{passage}', 'prompt.variable-missing', { variable: 'passage' }],
    ['', 'prompt.variable-missing', { variable: 'passage' }],
  ])('%s is refused as %s', (template, code, params) => {
    expect(() => checkTemplate(template, premiseVariables, 'passage')).toThrow(expect.objectContaining({ code, params: expect.objectContaining(params) }))
  })

  it('are filled once: what a value holds is no variable, no pattern and no property', () => {
    expect(fillTemplate('{{premise}}|{{ instruction }}', { premise: '{{instruction}} $& $1', instruction: 'x' })).toBe('{{instruction}} $& $1|x')
    expect(fillTemplate('{{toString}} {{gone}}', {})).toBe('{{toString}} {{gone}}')
    expect(fillTemplate('[{{premise}}]', { premise: '' })).toBe('[]')
  })

  it('know the story variables', () => {
    expect(() => checkTemplate('{{premise}}{{instruction}}', storyVariables, 'premise')).not.toThrow()
  })
})

describe('premise prompts', () => {
  it('show a chat model the examples as earlier turns, in their order', () => {
    expect(premiseMessages({ system: '总', template: '《{{title}}》{{chapter}}：{{passage}}', examples }, place)).toEqual([
      { role: 'system', content: '总' },
      { role: 'user', content: '《》：甲文。\n\n\n甲尾。' },
      { role: 'assistant', content: '甲提要' },
      { role: 'user', content: '《》：乙文。' },
      { role: 'assistant', content: '乙提要' },
      { role: 'user', content: '《呐喊》药：正文{{title}}。\n\n第二段。' },
    ])
  })

  it('have no empty system turn', () => {
    expect(premiseMessages({ system: '', template: '{{passage}}', examples: [] }, place)).toHaveLength(1)
  })

  it('give a base model one text, with no blank line inside an example', () => {
    const text = premiseText({ system: '总', template: '文：{{passage}}\n提：', examples }, place)
    expect(text).toBe('总\n\n文：甲文。\n甲尾。\n提：甲提要\n\n文：乙文。\n提：乙提要\n\n文：正文{{title}}。\n第二段。\n提：')
    expect(premiseText({ system: '', template: '{{passage}}', examples: [] }, { ...place, passage: ' \n一\n\n二\n ' })).toBe('一\n二')
  })
})

describe('story prompts', () => {
  const row = { premise: '雪夜归人', instruction: '写一篇' }
  it('are messages for a chat model and a text for a base model', () => {
    expect(storyMessages({ system: '总', template: '{{instruction}}：{{premise}}' }, row)).toEqual([
      { role: 'system', content: '总' },
      { role: 'user', content: '写一篇：雪夜归人' },
    ])
    expect(storyText({ system: '总', template: '{{premise}}' }, row)).toBe('总\n\n雪夜归人\n\n')
    expect(storyText({ system: '', template: '{{premise}}' }, row)).toBe('雪夜归人\n\n')
  })
})
