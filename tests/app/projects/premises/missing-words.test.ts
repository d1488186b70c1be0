import { createTranslator } from 'use-intl/core'
import { describe, expect, it } from 'vitest'
import { missingWords } from '@/app/projects/[projectId]/premises/_missing-words'
import { promptField } from '@/app/projects/[projectId]/premises/_prompt-form'
import premises from '@/messages/zh-CN/premises.json'

const t = createTranslator({ locale: 'zh-CN', messages: { premises }, namespace: 'premises' })
const missing = (prompt: object) => {
  const read = promptField.safeParse(JSON.stringify(prompt), { error: () => '必填' })
  return read.success ? '' : missingWords(t, read.error)
}
const whole = { system: '', template: '{{passage}}', examples: [], styles: [] }

describe('what a prompt lacks', () => {
  it('is named by the fields of the form', () => {
    expect(missing({ ...whole, template: '' })).toBe('模板：必填')
    expect(missing({ ...whole, examples: [{ passage: '江上。', premise: '' }] })).toBe('示例 1 的提要：必填')
    expect(missing({ ...whole, template: '', examples: [{ passage: '', premise: '雪' }] })).toBe('模板：必填；示例 1 的切片：必填')
  })

  it('is nothing for an example row in which nothing was written yet', () => {
    expect(missing({ ...whole, examples: [{ passage: '', premise: '' }] })).toBe('')
  })
})
