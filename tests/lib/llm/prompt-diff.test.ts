import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffPrompts, diffText, isSame } from '@/lib/llm/prompt-diff'
import type { PremisePrompt } from '@/lib/settings/premises'
import { styleBeginnings } from '@/lib/settings/presets/premise-styles'

const prompt: PremisePrompt = {
  system: '写一句提要。',
  template: '{{passage}}',
  examples: [{ passage: '甲文', premise: '甲' }, { passage: '乙文', premise: '乙' }, { passage: '丙文', premise: '丙' }],
  styles: [],
}

describe('diffPrompts', () => {
  it('finds a prompt the same as itself', () => {
    expect(diffPrompts(prompt, prompt).every(isSame)).toBe(true)
  })

  it('says character by character what became of the words', () => {
    const [part] = diffPrompts(prompt, { ...prompt, system: '写两句提要。' })
    expect(part?.system.pieces).toEqual([
      { kind: 'same', text: '写' },
      { kind: 'removed', text: '一' },
      { kind: 'added', text: '两' },
      { kind: 'same', text: '句提要。' },
    ])
    expect(part && isSame(part)).toBe(false)
    expect(part?.template.isChanged).toBe(false)
  })

  it('goes through the examples row by row', () => {
    const [first, second, third] = prompt.examples
    if (!first || !second || !third) throw new Error('three examples')
    const rows = (examples: PremisePrompt['examples']) => diffPrompts(prompt, { ...prompt, examples })[0]?.examples.map(({ kind, before, after }) => [kind, before, after])
    expect(rows([first, { ...second, premise: '新' }, third])).toEqual([['same', 0, 0], ['changed', 1, 1], ['same', 2, 2]])
    expect(rows([second, third])).toEqual([['removed', 0, null], ['same', 1, 0], ['same', 2, 1]])
    expect(rows([first, second, third, { passage: '丁', premise: '丁' }])).toEqual([['same', 0, 0], ['same', 1, 1], ['same', 2, 2], ['added', null, 3]])
    expect(rows([second, first, third])).toEqual([['removed', 0, null], ['same', 1, 0], ['added', null, 1], ['same', 2, 2]])
  })

  it('tells styles that came, went and changed, with their figures', () => {
    const { outline, theme } = styleBeginnings
    const parts = diffPrompts({ ...prompt, styles: [outline] }, { ...prompt, styles: [{ ...outline, share: 30 }, theme] })
    expect(parts.map(({ style, figures }) => [style, figures.map(({ name, before, after }) => [name, before, after])])).toEqual([
      ['sentence', []],
      ['outline', [['share', 20, 30]]],
      ['theme', [['share', null, 10], ['minimumCharacters', null, 5], ['maximumCharacters', null, 30], ['maxTokens', null, 40]]],
    ])
    expect(parts[2]?.examples).toMatchObject([{ kind: 'added' }])
  })

  it('loses no character of either text', () => {
    const text = fc.string({ unit: fc.constantFrom(...'天地玄黄𠀀，\n{{}}a') })
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { pieces } = diffText(before, after)
        const without = (kind: string) => pieces.filter((piece) => piece.kind !== kind).map((piece) => piece.text).join('')
        expect(without('added')).toBe(before)
        expect(without('removed')).toBe(after)
      }),
      { numRuns: 200 },
    )
  })
})
