import { describe, expect, it } from 'vitest'
import { scoreIn, scoringQuestion } from '@/lib/llm/premise-score'

describe('a grade', () => {
  it.each([
    ['4', 4],
    ['评分：5分', 5],
    ['３', 3],
    ['四分。', 4],
    ['4/5', 4],
    ['<think>也许是 2？</think>\n3', 3],
    ['满分 10 分', null],
    ['0', null],
    ['4.5', 4],
    ['第一，它准确。', null],
    ['', null],
  ])('in %j is %j', (answer, score) => {
    expect(scoreIn(answer)).toBe(score)
  })

  it('is asked for with the passage and the premise, and without chance', () => {
    for (const style of ['chat', 'completions'] as const) {
      const question = scoringQuestion('雪下了一夜。', '雪夜', style, 3)
      const text = question.prompt.style === 'chat' ? question.prompt.messages.map(({ content }) => content).join('\n') : question.prompt.text
      expect(text).toMatch(/雪下了一夜。[^]*雪夜/)
      expect(question).toMatchObject({ temperature: 0, seed: 3 })
    }
  })
})
