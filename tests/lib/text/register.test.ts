import { describe, expect, it } from 'vitest'
import { type RegisterEvidence, registerOf, registersOfNovel, registerWithin } from '@/lib/text/register'
import { classicalProse, modernProse } from '@/tests/support/project-files'

const figures = (functionDensity: number, deShare: number, register: RegisterEvidence['register']): RegisterEvidence => ({
  register, functionDensity, deShare, clauseLength: 6, classicalShare: 0, hanCharacters: 4000,
})

describe('registerOf', () => {
  it('calls a text that gives classical prose and its rendering in turns classical, and says how much of it is', () => {
    const rendered = Array.from({ length: 6 }, () => `${classicalProse.slice(0, 320)}\n${modernProse(400).replaceAll('\n', '')}`).join('\n')
    const evidence = registerOf(rendered)
    expect(evidence.functionDensity).toBeGreaterThan(25)
    expect(evidence.register).toBe('classical')
    expect(evidence.classicalShare).toBeGreaterThan(0.25)
    expect(evidence.classicalShare).toBeLessThan(0.75)
  })

  it('is not led by a poem or a letter in modern prose', () => {
    const text = `${modernProse(120)}\n${classicalProse.slice(0, 200)}\n${modernProse(120, 2)}`
    expect(registerOf(text)).toMatchObject({ register: 'modern' })
  })
})

describe('registerWithin', () => {
  it.each([
    ['early_vernacular', figures(11, 0.2, 'classical'), 'early_vernacular'],
    ['early_vernacular', figures(4, 0, 'classical'), 'classical'],
    ['classical', figures(15, 0.07, 'early_vernacular'), 'classical'],
    ['classical', figures(30, 0.2, 'early_vernacular'), 'early_vernacular'],
    ['early_vernacular', figures(80, 0.38, 'modern'), 'early_vernacular'],
    ['early_vernacular', figures(88, 0.47, 'modern'), 'modern'],
    ['modern', figures(60, 0.34, 'early_vernacular'), 'modern'],
    ['modern', figures(30, 0.3, 'early_vernacular'), 'early_vernacular'],
    ['modern', figures(5, 0, 'classical'), 'classical'],
    ['classical', figures(90, 0.5, 'modern'), 'modern'],
  ] as const)('in a novel that is mostly %s', (prevailing, evidence, register) => expect(registerWithin(evidence, prevailing)).toBe(register))

  it('leaves a chapter alone where there is no novel', () => expect(registerWithin(figures(11, 0.2, 'classical'), null)).toBe('classical'))
})

describe('registersOfNovel', () => {
  it('keeps a chapter apart that is clearly in another register', () => {
    expect(registersOfNovel([modernProse(300), modernProse(300, 2), classicalProse]).map(({ register }) => register)).toEqual(['modern', 'modern', 'classical'])
    expect(registersOfNovel([])).toEqual([])
  })
})
