import { describe, expect, it } from 'vitest'
import { adherence, keywordsOf } from '@/lib/scoring/adherence'

describe('keywords', () => {
  it('are a premise’s content words, each once', () => {
    const words = keywordsOf('一个邮差在雪夜送信，邮差最后迷路。')
    expect(words).toContain('邮差')
    expect(words).not.toContain('一个')
    expect(words.length).toBe(new Set(words).size)
  })
})

describe('adherence', () => {
  it('is the share of them that the story has', () => {
    expect(adherence('邮差走在路上。', '邮差迷路')).toEqual({ share: 0.5, missing: ['迷路'] })
    expect(adherence('邮差迷路了。', '邮差迷路')).toEqual({ share: 1, missing: [] })
  })

  it('cannot be said of a premise without any', () => {
    expect(adherence('邮差走在路上。', '他。')).toBeNull()
  })
})
