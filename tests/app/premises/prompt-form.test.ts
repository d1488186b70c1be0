import { describe, expect, it } from 'vitest'
import { promptOfForm } from '@/app/projects/[projectId]/premises/_prompt-form'

function formOf(pairs: [string, string][]): FormData {
  const form = new FormData()
  for (const [name, value] of pairs) form.append(name, value)
  return form
}

describe('promptOfForm', () => {
  it('reads the words and pairs passages with premises', () => {
    const prompt = promptOfForm(
      formOf([['system', '写提要。'], ['template', '{{passage}}'], ['examplePassage', '甲'], ['examplePremise', '子'], ['examplePassage', ' 乙 '], ['examplePremise', '丑']]),
    )
    expect(prompt).toEqual({ system: '写提要。', template: '{{passage}}', examples: [{ passage: '甲', premise: '子' }, { passage: '乙', premise: '丑' }] })
  })

  it('leaves an empty example aside without shifting the others', () => {
    const prompt = promptOfForm(formOf([['template', 'x'], ['examplePassage', ''], ['examplePremise', ''], ['examplePassage', '乙'], ['examplePremise', '丑']]))
    expect(prompt.system).toBe('')
    expect(prompt.examples).toEqual([{ passage: '乙', premise: '丑' }])
  })

  it('refuses half an example and an empty template', () => {
    expect(() => promptOfForm(formOf([['template', 'x'], ['examplePassage', '甲'], ['examplePremise', '']]))).toThrow()
    expect(() => promptOfForm(formOf([['system', 'x'], ['template', '']]))).toThrow()
  })
})
